import type { Tensor } from '../tensor/tensor.ts';
import { constant } from './leaves.ts';
import type { Node } from './operator.ts';
import { type GraphTensor, graphTensor } from './tensor.ts';

/**
 * Reverse-mode differentiation, symbolically: the gradients of a scalar with respect to some tensors, as new graph nodes of the same
 * graph. A tensor that the scalar does not depend on has the gradient undefined.
 */
export function gradients(scalar: Tensor, wanted: readonly Tensor[]): readonly (Tensor | undefined)[] {
  const [end, sources] = [graphTensor('gradients', scalar), wanted.map((each) => graphTensor('gradients', each))];
  if (scalar.rank !== 0) {
    throw new TypeError(`gradients: expected a scalar, got shape [${scalar.shape.join(', ')}]`);
  }
  const order = nodesInOrder([end]);
  const needed = nodesThatLeadTo(sources, order);
  const collected = new Map<GraphTensor, GraphTensor>([[end, constant([1], [])]]);

  for (const node of order.toReversed()) {
    const outputGradient = collected.get(node.outputs[0]);
    if (!outputGradient || !needed.has(node) || !node.operator.gradient) continue;
    const inputGradients = node.operator.gradient(node, outputGradient);
    for (const [index, gradient] of inputGradients.entries()) {
      const input = node.inputs[index];
      if (!gradient || !needed.has(input.node)) continue;
      const earlier = collected.get(input);
      collected.set(input, earlier ? earlier.add(gradient) : gradient);
    }
  }
  return sources.map((tensor) => collected.get(tensor));
}

/** Every node the tensors depend on, inputs before users. Iterative: a deep graph must not overflow the stack. */
export function nodesInOrder(tensors: readonly GraphTensor[]): readonly Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  for (const { node } of tensors) {
    if (!seen.has(node)) stack.push({ node, next: 0 });
    seen.add(node);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const input = top.node.inputs[top.next++];
      if (!input) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(input.node)) {
        seen.add(input.node);
        stack.push({ node: input.node, next: 0 });
      }
    }
  }
  return order;
}

/** The nodes on a path from a wanted tensor to the end: only they need gradients. */
function nodesThatLeadTo(wanted: readonly GraphTensor[], order: readonly Node[]): ReadonlySet<Node> {
  const needed = new Set(wanted.map((tensor) => tensor.node));
  for (const node of order) {
    if (node.inputs.some((input) => needed.has(input.node))) needed.add(node);
  }
  return needed;
}
