package io.deltasync.run;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that this process carries out, at most one a Link. Thread-safe.
 */
public class LiveRuns {

	private final Map<String, LiveRun> runs = new ConcurrentHashMap<>();

	/**
	 * Finds the run of a Link.
	 * @param link the Link's name
	 * @return the run, or empty when this process does not run the Link now
	 */
	public Optional<LiveRun> find(String link) {
		return Optional.ofNullable(this.runs.get(link));
	}

	/**
	 * Lists the Links that this process runs now.
	 * @return their names; may be empty
	 */
	public Set<String> links() {
		return Set.copyOf(this.runs.keySet());
	}

	LiveRun get(String link) {
		return find(link).orElseThrow(() -> new IllegalStateException(
				"Link '%s' was not started through the JobOperator bean, which takes its lease and completes its parameters; start it there"
					.formatted(link)));
	}

	void add(LiveRun run) {
		this.runs.put(run.link().name(), run);
	}

	void remove(String link) {
		LiveRun run = this.runs.remove(link);
		if (run != null) {
			run.lease().close();
			run.end();
		}
	}

}
