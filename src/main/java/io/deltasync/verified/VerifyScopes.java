package io.deltasync.verified;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.deltasync.schema.Product;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopeRows;
import io.deltasync.scope.Scopes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the scopes in which verifications have found something. Thread-safe; every
 * method takes part in the caller's transaction.
 */
public class VerifyScopes {

	private final JdbcClient jdbc;

	private final ScopeRows rows;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public VerifyScopes(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new ScopeRows(jdbc, product);
	}

	/**
	 * Adds what a batch has found.
	 * @param event the Sync Event
	 * @param found the findings by scope; may be empty
	 */
	public void add(long event, Map<ScopeEntry, FirstLook> found) {
		found.forEach((scope, look) -> {
			if (update(event, scope, look) == 0) {
				this.jdbc
					.sql("""
							INSERT INTO SYNC_VERIFY_SCOPE (JOB_INSTANCE_ID, ORDINAL, SCOPE, SUSPECTS, HELD, HELD_FAILED, ABSENT,
							  HELD_ABSENT, CONCLUDED) VALUES (?, ?, ?, 0, 0, 0, 0, 0, ?)""")
					.params(Arrays.asList(event, scope.ordinal(), scope.text(), false))
					.update();
				update(event, scope, look);
			}
		});
	}

	private int update(long event, ScopeEntry scope, FirstLook look) {
		return this.jdbc.sql("""
				UPDATE SYNC_VERIFY_SCOPE SET SUSPECTS = SUSPECTS + ?, HELD = HELD + ?, HELD_FAILED = HELD_FAILED + ?,
				  ABSENT = ABSENT + ?, HELD_ABSENT = HELD_ABSENT + ? WHERE JOB_INSTANCE_ID = ? AND ORDINAL = ?""")
			.params(look.suspects(), look.held(), look.heldFailed(), look.absent(), look.othersAbsent(), event,
					scope.ordinal())
			.update();
	}

	/**
	 * Lists scopes whose suspects must be compared again.
	 * @param event the Sync Event
	 * @param after only scopes with higher ordinals
	 * @param limit how many at most
	 * @return the scopes, by ordinal
	 */
	public List<SuspectScope> next(long event, long after, int limit) {
		return this.jdbc
			.sql("""
					SELECT ORDINAL, SCOPE, SUSPECTS, ABSENT FROM SYNC_VERIFY_SCOPE
					WHERE JOB_INSTANCE_ID = ? AND ORDINAL > ? AND CONCLUDED = ? AND SUSPECTS > 0 ORDER BY ORDINAL LIMIT ?""")
			.params(event, after, false, limit)
			.query((row, number) -> new SuspectScope(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)))
			.list();
	}

	/**
	 * Stores what became of the suspects of a scope.
	 * @param event the Sync Event
	 * @param scope the scope
	 * @param findings its suspects by what became of them
	 */
	public void conclude(long event, SuspectScope scope, ScopeFindings findings) {
		this.jdbc.sql("""
				UPDATE SYNC_VERIFY_SCOPE SET CONCLUDED = ?, PENDING = ?, MOVING = ?, MISSING = ?, DIFFERENT = ?,
				  UNCONFIRMED = ?, REPAIRED = ?, ABSENT = ? WHERE JOB_INSTANCE_ID = ? AND ORDINAL = ?""")
			.params(true, findings.pending(), findings.moving(), findings.missing(), findings.different(),
					findings.unconfirmed(), findings.repaired(), findings.absent(), event, scope.ordinal())
			.update();
	}

	/**
	 * Deletes the findings of scopes that are fetched again.
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many rows at most
	 * @return how many were deleted
	 */
	public int forget(long event, Scopes scopes, int limit) {
		return this.rows.delete("SYNC_VERIFY_SCOPE", event, scopes, limit);
	}

	/**
	 * Adds up the findings of a run.
	 * @param event the Sync Event
	 * @return the sums
	 */
	public Sums sums(long event) {
		return this.jdbc
			.sql("""
					SELECT COALESCE(SUM(SUSPECTS), 0), COALESCE(SUM(HELD), 0), COALESCE(SUM(HELD_FAILED), 0),
					  COALESCE(SUM(ABSENT), 0), COALESCE(SUM(PENDING), 0), COALESCE(SUM(MOVING), 0),
					  COALESCE(SUM(MISSING), 0), COALESCE(SUM(DIFFERENT), 0), COALESCE(SUM(UNCONFIRMED), 0),
					  COALESCE(SUM(REPAIRED), 0),
					  COALESCE(SUM(HELD_ABSENT), 0), COALESCE(SUM(CASE WHEN SUSPECTS > 0 AND CONCLUDED = ? THEN SUSPECTS ELSE 0 END), 0)
					FROM SYNC_VERIFY_SCOPE WHERE JOB_INSTANCE_ID = ?""")
			.params(false, event)
			.query((row, number) -> new Sums(
					new FirstLook(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(11)),
					new ScopeFindings(row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9),
							row.getLong(10), row.getLong(4)),
					row.getLong(12)))
			.single();
	}

	/**
	 * The sums over all scopes of a run.
	 *
	 * @param first what the first comparison has found
	 * @param findings what became of the suspects
	 * @param open how many suspects were not compared again yet
	 */
	public record Sums(FirstLook first, ScopeFindings findings, long open) {

	}

}
