package io.deltasync.fault;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds in a campaign, whatever has happened. All is read from the databases and
 * from what processes print.
 */
final class CampaignChecks {

	private final CampaignDatabases databases;

	CampaignChecks(CampaignDatabases databases) {
		this.databases = databases;
	}

	/** Lists what is at the source, and not so at the target. */
	List<String> lost() {
		return this.databases.with(CampaignDatabases.SOURCE,
				(source) -> this.databases.with(CampaignDatabases.TARGET, (target) -> People.lost(source, target)));
	}

	/** After a success that nothing disturbed. */
	void assertNothingIsLeft(String what) {
		assertThat(lost()).as(what + ": lost").isEmpty();
		int there = count(CampaignDatabases.TARGET, "SELECT COUNT(*) FROM CONTACT");
		int records = count(CampaignDatabases.SOURCE, "SELECT COUNT(*) FROM PERSON");
		assertThat(there).as(what + ": nothing but what is at the source").isEqualTo(records);
		assertThat(count(CampaignDatabases.JOBS, "SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE END_TIME IS NULL"))
			.as(what + ": runs left open")
			.isZero();
		assertThat(count(CampaignDatabases.JOBS, "SELECT COUNT(*) FROM SYNC_REJECT WHERE STATE <> 'DELIVERED'"))
			.as(what + ": rejects left")
			.isZero();
	}

	private int count(String database, String sql) {
		return this.databases.with(database, (jdbc) -> People.count(jdbc, sql));
	}

	void assertPoisonIsKeptApart(String what, Child child, int poisoned) {
		JsonNode event = CampaignRuns.event(child);
		assertThat(event.path("success").asBoolean()).as("%s: %s", what, event).isFalse();
		assertAddsUp(what, event);
		if (child.process().exitValue() == CampaignRuns.NOT_SUCCESSFUL) {
			assertThat(event.at("/records/failed").asInt()).as("%s: %s", what, event).isEqualTo(poisoned);
			assertThat(lost()).as(what + ": good records that the bad ones held back").isEmpty();
		}
	}

	/**
	 * Checks a successful run.
	 * @param before the last success before it
	 */
	static void assertHasDoneEverything(String what, JsonNode event, @Nullable Instant before) {
		assertAddsUp(what, event);
		assertThat(event.at("/scopes/done").asInt()).as("%s: %s", what, event)
			.isEqualTo(event.at("/scopes/total").asInt());
		if (event.path("mode").asString().equals("DELTA")) {
			assertThat(event.path("windowStart").asString("")).as("%s: no window moved: %s", what, event)
				.isEqualTo((before != null) ? before.toString() : "");
		}
	}

	/**
	 * Checks all Sync Events.
	 * @param deliveries how many the target has counted
	 */
	static void assertAllAddUp(JsonNode events, long deliveries) {
		long written = 0;
		for (JsonNode event : events) {
			assertAddsUp("in the end", event);
			assertThat(event.path("status").asString()).as(event.toString())
				.isIn("COMPLETED", "ABORTED", "STOPPED", "CRASHED");
			written += event.at("/records/written").asLong();
		}
		// never more than there was
		assertThat(written).as("written, as Sync Events have it").isLessThanOrEqualTo(deliveries);
	}

	private static void assertAddsUp(String what, JsonNode event) {
		JsonNode records = event.path("records");
		assertThat(records.path("fetched").asLong()).as("%s: %s", what, event)
			.isEqualTo(records.path("written").asLong() + records.path("failed").asLong()
					+ records.path("ignored").asLong() + records.path("dropped").asLong());
	}

	/** When the last run began that was successful; null if there is none. */
	@Nullable Instant lastSuccess() {
		return this.databases.with(CampaignDatabases.JOBS, CampaignChecks::lastSuccess);
	}

	private static @Nullable Instant lastSuccess(JdbcTemplate jobs) {
		if (People.count(jobs, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES "
				+ "WHERE TABLE_SCHEMA = SCHEMA() AND TABLE_NAME = 'BATCH_JOB_EXECUTION_PARAMS'") == 0) {
			return null;
		}
		return jobs
			.queryForList("SELECT P.PARAMETER_VALUE FROM BATCH_JOB_EXECUTION E JOIN BATCH_JOB_EXECUTION_PARAMS P "
					+ "ON P.JOB_EXECUTION_ID = E.JOB_EXECUTION_ID "
					+ "WHERE E.EXIT_CODE = 'COMPLETED' AND P.PARAMETER_NAME = 'runTimestamp'", String.class)
			.stream()
			.map(Instant::parse)
			.max(Instant::compareTo)
			.orElse(null);
	}

}
