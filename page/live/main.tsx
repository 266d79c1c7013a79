import '../shared/base.css';
import './live.css';
import { render } from 'preact';
import { Live } from './live.tsx';
import { beginWatching } from './watching.ts';

beginWatching();
render(<Live />, document.getElementById('app') as HTMLElement);
