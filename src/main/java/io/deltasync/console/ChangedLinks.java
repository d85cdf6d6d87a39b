package io.deltasync.console;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.lease.LeaseState;
import io.deltasync.lease.Leases;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds the Links that have changed since the last call, in any process: a run was stored
 * or has ended, its process died, or a person decided something. What a run in progress
 * does until then is no such change. The cost depends on what happened since then, not on
 * the history. Confined to one thread at a time.
 */
class ChangedLinks {

	/**
	 * Numbers are given in the order of starts, but seen in the order of commits: how far
	 * a commit may come after those of later numbers.
	 */
	private static final int OVERLAP = 1000;

	private static final String RECENT_EXECUTIONS = """
			WHERE e.JOB_EXECUTION_ID > (
			  SELECT COALESCE(MAX(JOB_EXECUTION_ID), 0) - %d FROM BATCH_JOB_EXECUTION)""".formatted(OVERLAP);

	private static final String RECENT_DECISIONS = """
			FROM SYNC_AUDIT WHERE ID > (SELECT COALESCE(MAX(ID), 0) - %d FROM SYNC_AUDIT)""".formatted(OVERLAP);

	/**
	 * Changes whenever the result of one of the next two queries does: numbers of new
	 * rows are higher than those of deleted ones, and versions only grow.
	 */
	private static final String SUMS = """
			SELECT 'executions', COUNT(*), SUM(JOB_EXECUTION_ID), SUM(VERSION) FROM BATCH_JOB_EXECUTION e %s
			UNION ALL SELECT 'decisions', COUNT(*), SUM(ID), 0 %s""".formatted(RECENT_EXECUTIONS, RECENT_DECISIONS);

	private static final String EXECUTIONS = """
			SELECT e.JOB_EXECUTION_ID, e.VERSION, i.JOB_NAME FROM BATCH_JOB_EXECUTION e
			JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
			""" + RECENT_EXECUTIONS;

	private static final String DECISIONS = "SELECT ID, LINK " + RECENT_DECISIONS;

	private final JdbcTemplate jdbc;

	private final Leases leases;

	/** The versions of the newest job executions. */
	private Map<Long, Long> executions = new HashMap<>();

	private Map<String, LeaseState> states = new HashMap<>();

	private Set<Long> entries = new HashSet<>();

	private List<String> sums = List.of();

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
		// read first: what changes after it is found by the next call
		List<String> now = this.jdbc.query(SUMS, (row, number) -> "%s %d %d %d".formatted(row.getString(1),
				row.getLong(2), row.getLong(3), row.getLong(4)));
		if (!now.equals(this.sums)) {
			addExecutions(changed);
			addDecisions(changed);
			this.sums = now;
		}
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
		Map<Long, Long> versions = new HashMap<>();
		this.jdbc.query(EXECUTIONS, (row) -> {
			long version = row.getLong(2);
			versions.put(row.getLong(1), version);
			if (!Long.valueOf(version).equals(this.executions.get(row.getLong(1)))) {
				changed.add(row.getString(3));
			}
		});
		this.executions = versions;
	}

	private void addDecisions(Set<String> changed) {
		Set<Long> seen = new HashSet<>();
		this.jdbc.query(DECISIONS, (row) -> {
			seen.add(row.getLong(1));
			if (!this.entries.contains(row.getLong(1)) && row.getString(2) != null) {
				changed.add(row.getString(2));
			}
		});
		this.entries = seen;
	}

	/**
	 * The execution of a run whose process died does not change until it is recovered.
	 */
	private void addHolders(Set<String> changed) {
		Map<String, LeaseState> now = new HashMap<>();
		for (LeaseState state : this.leases.states()) {
			now.put(state.link(), state);
			if (!state.equals(this.states.get(state.link()))) {
				changed.add(state.link());
			}
		}
		this.states = now;
	}

}
