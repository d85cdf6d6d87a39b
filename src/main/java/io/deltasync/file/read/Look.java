package io.deltasync.file.read;

import java.time.Instant;
import java.util.Map;

/**
 * What a run saw when it looked for files, if it has to look again.
 *
 * @param since when it looked first
 * @param unstable the files that it has to see unchanged, from path to size and time
 */
record Look(Instant since, Map<String, String> unstable) {
}
