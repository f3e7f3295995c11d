// What is read is read again after a failure in passing, such as a restart of the server or a rate limit.
import { Problem } from 'parley-client';

/**
 * Repeats an action until it succeeds or is refused.
 *
 * @template T
 * @param {() => Promise<T>} action
 * @param {() => boolean} isOver asked before each try
 * @returns {Promise<T | undefined>} undefined when it is over
 * @throws {Problem} the refusal
 */
export async function repeatUntilDone(action, isOver) {
  for (let failures = 0; !isOver(); failures++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Problem && error.passing)) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, error.pauseMs(failures)));
    }
  }
  return undefined;
}

/**
 * The same for what nobody asked for here, to whom a refusal would mean nothing.
 *
 * @template T
 * @param {() => Promise<T>} action
 * @param {() => boolean} isOver
 * @returns {Promise<T | undefined>} undefined after a refusal too
 */
export async function repeatInBackground(action, isOver) {
  try {
    return await repeatUntilDone(action, isOver);
  } catch (error) {
    if (error instanceof Problem) {
      return undefined;
    }
    throw error;
  }
}
