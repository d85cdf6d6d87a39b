package io.deltasync.verified;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the results of verifications, one row for each Link, and the rows of the target
 * that they found. Thread-safe; every method takes part in the caller's transaction.
 */
public class Verifications {

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public Verifications(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Stores the rows of the target that a verification has counted. Replaces what an
	 * earlier attempt has stored.
	 * @param event the Sync Event
	 * @param counts the counts
	 */
	public void setRows(long event, TargetRowCounts counts) {
		this.jdbc.sql("DELETE FROM SYNC_VERIFY_ROWS WHERE JOB_INSTANCE_ID = ?").param(event).update();
		this.jdbc.sql(
				"INSERT INTO SYNC_VERIFY_ROWS (JOB_INSTANCE_ID, TARGET_ROWS, GONE, LEFT_OUT, OTHERS) VALUES (?, ?, ?, ?, ?)")
			.params(Arrays.asList(event, counts.rows(), counts.gone(), counts.leftOut(), counts.others()))
			.update();
	}

	/**
	 * Finds the rows of the target that a verification has counted.
	 * @param event the Sync Event
	 * @return the counts
	 */
	public TargetRowCounts rows(long event) {
		return this.jdbc
			.sql("SELECT TARGET_ROWS, GONE, LEFT_OUT, OTHERS FROM SYNC_VERIFY_ROWS WHERE JOB_INSTANCE_ID = ?")
			.param(event)
			.query((row, number) -> new TargetRowCounts(row.getObject(1, Long.class), row.getLong(2), row.getLong(3),
					row.getLong(4)))
			.optional()
			.orElse(TargetRowCounts.NOT_COUNTED);
	}

	/**
	 * Stores the result of a verification.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param at when it was started
	 * @param found what it has found, with its result
	 */
	public void store(String link, long event, Instant at, Verification found) {
		VerifyResult result = Objects.requireNonNull(found.result());
		LastVerification before = find(link).orElse(null);
		boolean proven = result == VerifyResult.IN_STEP;
		this.jdbc.sql("DELETE FROM SYNC_VERIFIED WHERE LINK = ?").param(link).update();
		this.jdbc
			.sql("""
					INSERT INTO SYNC_VERIFIED (LINK, EVENT, VERIFIED_AT, RESULT, MISSING, DIFFERENT, GONE, PROVEN_EVENT, PROVEN_AT)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
			.params(Arrays.asList(link, event, Columns.utc(at), result.name(),
					(result == VerifyResult.REPAIRED) ? 0 : found.missing(),
					(result == VerifyResult.REPAIRED) ? 0 : found.different(), found.gone(),
					proven ? Long.valueOf(event) : (before != null) ? before.provenEvent() : null,
					proven ? Columns.utc(at) : Columns.utcOrNull((before != null) ? before.provenAt() : null)))
			.update();
	}

	/**
	 * Finds when a Link was last verified.
	 * @param link the Link's name
	 * @return its last verification; empty if it was never verified
	 */
	public Optional<LastVerification> find(String link) {
		return this.jdbc.sql("SELECT * FROM SYNC_VERIFIED WHERE LINK = ?")
			.param(link)
			.query((row, number) -> new LastVerification(row.getLong("EVENT"),
					Objects.requireNonNull(Columns.instant(row, "VERIFIED_AT")),
					VerifyResult.valueOf(row.getString("RESULT")), row.getLong("MISSING"), row.getLong("DIFFERENT"),
					row.getLong("GONE"), row.getObject("PROVEN_EVENT", Long.class), Columns.instant(row, "PROVEN_AT")))
			.optional();
	}

}
