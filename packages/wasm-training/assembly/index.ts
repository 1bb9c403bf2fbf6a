export { causalPowers, multiplyPanels, packColumns, scaleRows, softmaxGradients } from './attention';
export { convolve } from './convolve';
export { correlate } from './correlate';
export {
  absolute, add, choose, divide, elu, exp, expm1, greater, logistic, maximum, minimum, multiply, negate, relu, reluGrad, softplus, squareRoot,
  subtract, tanh,
} from './elementwise';
export { gatedActivation, gatedActivationGrad, gatedActivationGradOfOutput } from './gated-activation';
export { copyIntoFrame, packPanels, transposeMatrices, unfold, zero } from './layout';
export { gatherRows, lstmCellGradients, lstmCells } from './lstm';
export { matrixPeak } from './matrix-peak';
export { bernoulliNll, bernoulliNllGrad, categoricalNll, categoricalNllGrad } from './nll';
export { channelSum, segmentSumFloat, segmentSumInt } from './sums';
export { convolvePairs, pairFilterGradients, pairFilters, pairGradients, pairInputs } from './winograd';
