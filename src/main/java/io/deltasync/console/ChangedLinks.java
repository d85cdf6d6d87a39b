package io.deltasync.console;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.deltasync.lease.LeaseState;
import io.deltasync.lease.Leases;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds the Links that have changed since the last call, in any process: a run was stored
 * or has ended, its process died, or a person decided something. The cost depends on what
 * happened since then, not on the history. Confined to one thread at a time.
 */
class ChangedLinks {

	/**
	 * Numbers are given in the order of starts, but seen in the order of commits: how far
	 * a commit may come after those of later numbers.
	 */
	private static final int OVERLAP = 1000;

	private static final String EXECUTIONS = """
			SELECT e.JOB_EXECUTION_ID, e.VERSION, i.JOB_NAME FROM BATCH_JOB_EXECUTION e
			JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
			WHERE e.JOB_EXECUTION_ID > ?""";

	private final JdbcTemplate jdbc;

	private final Leases leases;

	/** The versions of the newest job executions. */
	private Map<Long, Long> executions = new HashMap<>();

	private Map<String, LeaseState> states = new HashMap<>();

	private long newestEntry;

	private Set<Long> entries = new HashSet<>();

	ChangedLinks(JdbcTemplate jdbc, Leases leases) {
		this.jdbc = jdbc;
		this.leases = leases;
	}

	/**
	 * Adds the changed Links to those that the caller has not read yet. If the database
	 * fails meanwhile, the next call finds what is missing from the set.
	 * @param changed receives the names of Links, also of such that are no longer
	 * configured, and of other jobs; at the first call those of the newest executions
	 * @throws org.springframework.dao.DataAccessException if the database fails
	 */
	void addTo(Set<String> changed) {
		addExecutions(changed);
		addDecisions(changed);
		addHolders(changed);
	}

	/**
	 * Returns the holder of a Link as the last call found it; null if it was never run.
	 */
	@Nullable LeaseState holder(String link) {
		return this.states.get(link);
	}

	/**
	 * Whether the last call has found a lease that had expired without being released.
	 */
	boolean someDied() {
		return this.states.values().stream().anyMatch(LeaseState::dead);
	}

	private void addExecutions(Set<String> changed) {
		long newest = Objects.requireNonNullElse(
				this.jdbc.queryForObject("SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION", Long.class), 0L);
		Map<Long, Long> versions = new HashMap<>();
		this.jdbc.query(EXECUTIONS, (row) -> {
			long version = row.getLong(2);
			versions.put(row.getLong(1), version);
			if (!Long.valueOf(version).equals(this.executions.get(row.getLong(1)))) {
				changed.add(row.getString(3));
			}
		}, newest - OVERLAP);
		this.executions = versions;
	}

	private void addDecisions(Set<String> changed) {
		Set<Long> seen = new HashSet<>();
		this.jdbc.query("SELECT ID, LINK FROM SYNC_AUDIT WHERE ID > ?", (row) -> {
			seen.add(row.getLong(1));
			this.newestEntry = Math.max(this.newestEntry, row.getLong(1));
			if (!this.entries.contains(row.getLong(1)) && row.getString(2) != null) {
				changed.add(row.getString(2));
			}
		}, this.newestEntry - OVERLAP);
		this.entries = seen;
	}

	/**
	 * A run that is held changes with each batch; the execution of one whose process died
	 * does not change until it is recovered.
	 */
	private void addHolders(Set<String> changed) {
		Map<String, LeaseState> now = new HashMap<>();
		for (LeaseState state : this.leases.states()) {
			now.put(state.link(), state);
			if (state.held() || !state.equals(this.states.get(state.link()))) {
				changed.add(state.link());
			}
		}
		this.states = now;
	}

}
