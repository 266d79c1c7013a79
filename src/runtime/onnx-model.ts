import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { OnnxAttribute } from '../graph/operator.ts';
import type { ElementType, Shape } from '../tensor/shape.ts';

/**
 * The ONNX wire format (onnx.proto3 of ONNX 1.17, IR version 9, operator set 18): the few messages that a graph of Slatewise needs, written field by field.
 * Numbers after a name are its field number there.
 */
export type OnnxElementType = ElementType | 'float64';

/** Of an input: ids and other names are read as texts. */
export type OnnxInputType = OnnxElementType | 'string';

/** What an operator is told beside its inputs: `strings` are the keys of a vocabulary. */
export type OnnxModelAttribute = OnnxAttribute | { readonly strings: readonly string[] };

export interface OnnxNode {
  readonly opType: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxModelAttribute>>;
}

export interface OnnxConstant {
  readonly name: string;
  readonly type: OnnxElementType;
  readonly dims: readonly number[];
  readonly bytes: Uint8Array;
}

export interface OnnxValue<Type extends OnnxInputType = OnnxElementType> {
  readonly name: string;
  readonly type: Type;
  readonly shape: Shape;
}

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue<OnnxInputType>[];
  readonly outputs: readonly OnnxValue[];
}

const IR_VERSION = 9;
const OPERATOR_SET = 18;
/** Version of the operators for vocabularies. */
const ML_OPERATOR_SET = 3;
export const ML_DOMAIN = 'ai.onnx.ml';
/** How ONNX numbers its types. */
export const ELEMENT_CODES: Record<OnnxInputType, number> = { float32: 1, int64: 7, string: 8, bool: 9, float64: 11 };
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INTEGER = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTEGERS = 7;
const ATTRIBUTE_STRINGS = 8;
const EXTERNAL = 1;

type Write = (writer: BinaryWriter) => void;

/** Where the numbers of a constant lie that is not within the model: a protobuf message ends at 2 GB. */
export interface ExternalData {
  /** A file beside the model. */
  readonly location: string;
  readonly offset: number;
}

/** ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8. The constants that `external` names are told by their places, and their numbers left to the caller to write. */
export function encodeModel(model: OnnxModel, external: ReadonlyMap<string, ExternalData> = new Map()): Uint8Array {
  const writer = new BinaryWriter();
  integer(1, IR_VERSION)(writer);
  text(2, 'slatewise')(writer);
  message(7, writeGraph(model, external))(writer);
  message(8, writeOperatorSet('', OPERATOR_SET))(writer);
  message(8, writeOperatorSet('com.microsoft', 1))(writer);
  if (model.nodes.some(({ domain }) => domain === ML_DOMAIN))
    message(8, writeOperatorSet(ML_DOMAIN, ML_OPERATOR_SET))(writer);
  return writer.finish();
}

/** GraphProto: node 1, name 2, initializer 5, input 11, output 12. */
const writeGraph =
  (model: OnnxModel, external: ReadonlyMap<string, ExternalData>): Write =>
  (writer) => {
    for (const node of model.nodes) message(1, writeNode(node))(writer);
    text(2, model.name)(writer);
    for (const constant of model.constants) message(5, writeTensor(constant, external.get(constant.name)))(writer);
    for (const value of model.inputs) message(11, writeValue(value))(writer);
    for (const value of model.outputs) message(12, writeValue(value))(writer);
  };

/** OperatorSetIdProto: domain 1, version 2. */
const writeOperatorSet =
  (domain: string, version: number): Write =>
  (writer) => {
    text(1, domain)(writer);
    integer(2, version)(writer);
  };

/** NodeProto: input 1, output 2, op_type 4, attribute 5, domain 7. */
const writeNode =
  (node: OnnxNode): Write =>
  (writer) => {
    for (const name of node.inputs) text(1, name)(writer);
    for (const name of node.outputs) text(2, name)(writer);
    text(4, node.opType)(writer);
    for (const [name, value] of Object.entries(node.attributes)) message(5, writeAttribute(name, value))(writer);
    text(7, node.domain)(writer);
  };

/** AttributeProto: name 1, f 2, i 3, s 4, ints 8, strings 9, type 20. A plain number is an integer; `{ float }` is a float. */
const writeAttribute =
  (name: string, value: OnnxModelAttribute): Write =>
  (writer) => {
    text(1, name)(writer);
    if (typeof value === 'number') {
      integer(3, value)(writer);
      integer(20, ATTRIBUTE_INTEGER)(writer);
    } else if (typeof value === 'string') {
      text(4, value)(writer);
      integer(20, ATTRIBUTE_STRING)(writer);
    } else if ('float' in value) {
      writer.tag(2, 5).float(value.float);
      integer(20, ATTRIBUTE_FLOAT)(writer);
    } else if ('strings' in value) {
      for (const item of value.strings) text(9, item)(writer);
      integer(20, ATTRIBUTE_STRINGS)(writer);
    } else {
      for (const item of value) integer(8, item)(writer);
      integer(20, ATTRIBUTE_INTEGERS)(writer);
    }
  };

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9 (little-endian), external_data 13 (key 1, value 2), data_location 14. */
const writeTensor =
  (constant: OnnxConstant, external: ExternalData | undefined): Write =>
  (writer) => {
    for (const extent of constant.dims) integer(1, extent)(writer);
    integer(2, ELEMENT_CODES[constant.type])(writer);
    text(8, constant.name)(writer);
    if (!external) {
      writer.tag(9, 2).bytes(constant.bytes);
      return;
    }
    const { location, offset } = external;
    for (const [key, value] of Object.entries({ location, offset, length: constant.bytes.length }))
      message(13, (entry) => {
        text(1, key)(entry);
        text(2, String(value))(entry);
      })(writer);
    integer(14, EXTERNAL)(writer);
  };

/** ValueInfoProto: name 1, type 2; TypeProto.tensor_type 1: elem_type 1, shape 2; TensorShapeProto.dim 1: dim_value 1, dim_param 2. */
const writeValue =
  (value: OnnxValue<OnnxInputType>): Write =>
  (writer) => {
    text(1, value.name)(writer);
    message(
      2,
      message(1, (tensor) => {
        integer(1, ELEMENT_CODES[value.type])(tensor);
        message(2, (shape) => {
          for (const extent of value.shape) {
            message(1, typeof extent === 'number' ? integer(1, extent) : text(2, extent))(shape);
          }
        })(tensor);
      }),
    )(writer);
  };

const integer =
  (field: number, value: number): Write =>
  (writer) => {
    writer.tag(field, 0).int64(value);
  };
const text =
  (field: number, value: string): Write =>
  (writer) => {
    writer.tag(field, 2).string(value);
  };
const message =
  (field: number, write: Write): Write =>
  (writer) => {
    writer.tag(field, 2).fork();
    write(writer);
    writer.join();
  };
