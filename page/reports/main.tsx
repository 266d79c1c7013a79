import '../shared/base.css';
import './reports.css';
import { render } from 'preact';
import { Reports } from './reports.tsx';

render(<Reports />, document.getElementById('app') as HTMLElement);
