import '../shared/base.css';
import './lists.css';
import { render } from 'preact';
import { beginAsking, beginLearning, beginWaiting } from './asking.ts';
import { begin } from './begin.ts';
import { Lists } from './lists.tsx';

begin();
beginAsking();
beginLearning();
beginWaiting();
render(<Lists />, document.getElementById('app') as HTMLElement);
