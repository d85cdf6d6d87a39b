package io.deltasync.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.link.LinkIdentity;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What versions have stored of runs, which all later versions must be able to read.
 */
class StoredFormatsTests {

	private static final ScopeCounts SCOPES = new ScopeCounts(3, 2, 1);

	private static final RecordCounts RECORDS = new RecordCounts(2500, 2480, 12, 7, 4, 10, 3, 2);

	private static final String CURSOR = "2026-11-22T08:00:00.123456Z";

	@Test
	void summaryOfAVersionThatKnewFewerNumbersIsRead() throws IOException {
		assertThat(RunSummary.fromJson(stored("run-summary-1.json"))).isEqualTo(new RunSummary("SCOPES", 2500L, SCOPES,
				RECORDS, 5, 0, CURSOR, List.of("slow", "zo\u00eb"), null, null));
	}

	@Test
	void summaryOfThisVersionIsReadAndWrittenAsItWas() throws IOException {
		RunSummary summary = new RunSummary("SCOPES", 2500L, SCOPES, RECORDS, 5, 1, CURSOR, List.of("slow", "zo\u00eb"),
				List.of(new IgnoredReason("unchanged", 10)), null);
		assertThat(RunSummary.fromJson(stored("run-summary-2.json"))).isEqualTo(summary);
		assertThat(summary.toJson()).isEqualTo(stored("run-summary-2.json"));
	}

	@Test
	void numberThatIsMissingIsNoneAndOneThatIsUnknownIsLeftOut() {
		RunSummary empty = RunSummary.fromJson("{}");
		assertThat(empty.records()).isEqualTo(RecordCounts.NONE);
		assertThat(empty.scopes()).isEqualTo(new ScopeCounts(0, 0, 0));
		assertThat(empty.warnings()).isEmpty();
		RunSummary some = RunSummary
			.fromJson("{\"records\":{\"written\":3,\"moved\":1},\"scopes\":{\"total\":1},\"later\":{\"a\":[1]}}");
		assertThat(some.records()).isEqualTo(new RecordCounts(0, 3, 0, 0, 0, 0, 0, 0));
		assertThat(some.scopes().total()).isEqualTo(1);
	}

	@Test
	void jobParametersAreReadAndWrittenAsTheyWere() throws IOException {
		JobParametersBuilder builder = new JobParametersBuilder();
		Map<?, ?> texts = new JsonMapper().readValue(stored("job-parameters-1.json"), Map.class);
		texts.forEach((name, value) -> builder.addString((String) name, (String) value,
				name.equals(RunParameters.RUN_TIMESTAMP)));
		RunParameters parameters = RunParameters.of(builder.toJobParameters());
		assertThat(parameters)
			.isEqualTo(new RunParameters(Instant.parse("2026-11-22T08:00:00.123456Z"), Mode.REPLAY, true, "schedule",
					new Watermark(Instant.parse("2026-11-21T08:00:00Z"), "c1", Instant.parse("2026-11-21T09:00:00.5Z")),
					new ReplayOrigin(17, true, new Watermark(Instant.parse("2026-11-01T08:00:00Z"), "c0"), true), true,
					true, null));
		assertThat(parameters.toJobParameters().parameters())
			.allSatisfy((parameter) -> assertThat(parameter.value()).isEqualTo(texts.get(parameter.name())));
	}

	@Test
	void identitiesAreReadAndWrittenAsTheyWere() throws IOException {
		JobParametersBuilder builder = new JobParametersBuilder();
		Map<?, ?> texts = new JsonMapper().readValue(stored("job-parameters-2.json"), Map.class);
		texts.forEach((name, value) -> builder.addString((String) name, (String) value,
				name.equals(RunParameters.RUN_TIMESTAMP)));
		RunParameters parameters = RunParameters.of(builder.toJobParameters());
		LinkIdentity old = new LinkIdentity("jdbcSource mysql://old:3306/crm/customer",
				"jdbcTarget h2:/data/dwh/PUBLIC/customer", "id", "", "changed", "", "");
		LinkIdentity now = new LinkIdentity("jdbcSource mysql://crm:3306/crm/customer", old.target(), "id", "",
				"changed", "s1", "p1");
		assertThat(parameters.isKeeping()).isTrue();
		assertThat(parameters.identities()).isEqualTo(new Identities(now, old));
		assertThat(parameters.toJobParameters().parameters()).hasSize(texts.size())
			.allSatisfy((parameter) -> assertThat(parameter.value()).isEqualTo(texts.get(parameter.name())));
	}

	private static String stored(String name) throws IOException {
		return new ClassPathResource(name, StoredFormatsTests.class).getContentAsString(StandardCharsets.UTF_8).strip();
	}

}
