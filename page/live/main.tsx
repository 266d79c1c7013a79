import '../shared/base.css';
import { render } from 'preact';
import { Frame } from '../shared/frame.tsx';

render(<Frame current="/">.</Frame>, document.getElementById('app') as HTMLElement);
