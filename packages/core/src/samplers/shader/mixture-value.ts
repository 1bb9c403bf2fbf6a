/**
 * The draw of a mixture's value (likelihoods/logistic-mixture.ts) in WGSL. An invocation a component works out its weight, its mean and its scale; the
 * first one then looks for the level by bisection. 1 − e^(−d) is a polynomial where d is small, since WGSL promises nothing relative of exp or tanh.
 */
import { logitsRead } from "../../likelihoods/likelihoods.ts";
import { blocksBefore, leastLogScale } from "../../likelihoods/logistic-mixture.ts";
import type { PositionGenerator } from "./generation.ts";
import type { Region } from "./operation-text.ts";

/** Floats of workgroup memory a component: log-weight at T and at 1, mean, inverse scale, whether its logits are strange. */
export const FLOATS_PER_COMPONENT = 5;

/** What all invocations share of it. */
export function sharedOf(components: number): Region {
  return { space: "staged", start: 0, end: FLOATS_PER_COMPONENT * components };
}

/** Adds the phase in which every component is worked out. @returns what the first invocation then does. */
export function mixtureValue(
  { text, addresses, plan, network, invocations }: PositionGenerator,
  channel: number,
  components: number,
  isUnknown: string,
): string {
  const { picture, encoding } = network;
  const last = picture.levels - 1;
  const half = number(last / 2);
  const [start, end] = logitsRead(network)[channel]!;
  const output = { buffer: plan.output, channel: start };
  const load = addresses.load(output, "INDEX");
  const logit = (block: number) => load.replace("INDEX", `${block * components}u + i`);
  const earlier = (j: number) => {
    const encoded = addresses.load({ buffer: 0, channel: j }, "0u");
    return `round((${encoded} - ${number(encoding.offset)}) / ${number(encoding.scale)})`;
  };
  const first = (j: number) => blocksBefore(j) + (j === 0 ? 1 : 0);
  const located = (j: number) => {
    const terms = Array.from(
      { length: j },
      (_, k) => ` + tanh(clamp(${logit(first(j) + 2 + k)}, -10.0, 10.0)) * (level${k} / ${half} - 1.0)`,
    );
    return `let mean${j} = (${logit(first(j))}${terms.join("")} + 1.0) * ${half};
  let inverse${j} = exp(-clamp(${logit(first(j) + 1)}, ${number(leastLogScale(picture.levels))}, 80.0)) / ${half};`;
  };
  const tied = Array.from(
    { length: channel },
    (_, j) => `let level${j} = ${earlier(j)};
  ${located(j)}
  atOne += logMass(level${j}, mean${j}, inverse${j}, ${number(last)});
  if (isCold) { drawn -= missedBy(level${j}, mean${j}, ${number(last)}) * inverse${j}; }
  else { drawn += logMass(level${j}, mean${j}, inverse${j} / t, ${number(last)}); }`,
  );
  const shared = sharedOf(components);
  text.add({
    reads: [
      ...addresses.regions(output, end - start),
      ...addresses.regions({ buffer: 0, channel: 0 }, picture.channels),
    ],
    writes: [shared],
    code: `for (var i = lane; i < ${components}u; i += ${invocations}u) {
  let isCold = draw.temperature == 0.0;
  let t = select(draw.temperature, 1.0, isCold);
  var strange = 0.0;
  for (var block = 0u; block < ${(end - start) / components}u; block++) {
    if (!isFinite(${load.replace("INDEX", `block * ${components}u + i`)})) { strange = 1.0; }
  }
  var atOne = ${logit(0)};
  var drawn = clamp(atOne, -1e36 * min(t, 1.0), 1e36 * min(t, 1.0)) / t;
  ${[...tied, located(channel)].join("\n  ")}
  staged[i] = drawn;
  staged[${components}u + i] = atOne;
  staged[${2 * components}u + i] = mean${channel};
  staged[${3 * components}u + i] = inverse${channel};
  staged[${4 * components}u + i] = strange;
}`,
  });
  const mean = `staged[${2 * components}u + i]`;
  const inverse = `staged[${3 * components}u + i]`;
  const every = `for (var i = 0u; i < ${components}u; i++)`;
  return `  var isStrange = false;
  var best = 0u;
  var mostAtOne = staged[${components}u];
  ${every} {
    isStrange = isStrange || staged[${4 * components}u + i] != 0.0;
    if (staged[i] > staged[best]) { best = i; }
    mostAtOne = max(mostAtOne, staged[${components}u + i]);
  }
  if (${isUnknown}) {
    if (draw.temperature == 0.0) {
      level = u32(clamp(floor(staged[${2 * components}u + best] + 0.5), 0.0, ${number(last)}));
    } else {
      let most = staged[best];
      var total = 0.0;
      ${every} {
        let weight = exp(max(staged[i] - most, -80.0));
        staged[i] = weight;
        total += weight;
      }
      level = 0u;
      var high = ${last}u;
      while (level < high) {
        let middle = (level + high) / 2u;
        var below = 0.0;
        ${every} {
          let against = clamp((${mean} - f32(middle) - 0.5) * (${inverse} / draw.temperature), -80.0, 80.0);
          below += staged[i] / (1.0 + exp(against));
        }
        if (below > u * total) { high = middle; } else { level = middle + 1u; }
      }
    }
  }
  if (draw.wantsLogProbabilities != 0u) {
    var most = -0x1.fffffep127;
    ${every} { most = max(most, staged[${components}u + i] + logMass(f32(level), ${mean}, ${inverse}, ${number(last)})); }
    var own = 0.0;
    var all = 0.0;
    ${every} {
      let joint = staged[${components}u + i];
      own += exp(max(joint + logMass(f32(level), ${mean}, ${inverse}, ${number(last)}) - most, -80.0));
      all += exp(max(joint - mostAtOne, -80.0));
    }
    logProbabilities[at] = (most - mostAtOne) + log(own) - log(all);
  }`;
}

/** A number as WGSL writes it: never without a point. */
function number(value: number): string {
  const text = String(Math.fround(value));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Helpers of the draw, once a program. */
export const MIXTURE_FUNCTIONS = `
fn logOnePlusExp(x: f32) -> f32 { return max(x, 0.0) + log(1.0 + exp(max(-abs(x), -80.0))); }
fn logOneMinusExp(d: f32) -> f32 {
  let series = d * (1.0 - d / 2.0 * (1.0 - d / 3.0 * (1.0 - d / 4.0 * (1.0 - d / 5.0 * (1.0 - d / 6.0)))));
  return log(max(select(1.0 - exp(-min(d, 80.0)), series, d < 0.3), 1e-37));
}
fn logMass(level: f32, mean: f32, inverse: f32, last: f32) -> f32 {
  let centred = (level - mean) * inverse;
  let lower = select(logOnePlusExp(-centred - 0.5 * inverse), 0.0, level >= last);
  let upper = select(logOnePlusExp(centred - 0.5 * inverse), 0.0, level <= 0.0);
  let isInner = level > 0.0 && level < last;
  return select(0.0, logOneMinusExp(inverse), isInner) - lower - upper;
}
fn missedBy(level: f32, mean: f32, last: f32) -> f32 {
  let below = select(level - 0.5 - mean, 0.0, level <= 0.0);
  let above = select(mean - level - 0.5, 0.0, level >= last);
  return max(0.0, max(below, above));
}
`;
