package io.deltasync.expression;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.testkit.FilterKit;
import io.deltasync.testkit.FilterRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The filter {@code condition}.
 */
class ConditionFilterTests {

	@Test
	void keepDropsOtherRecords() {
		FilterRun run = run(options("status == 'open'", null, null, null));

		assertThat(run.kept()).extracting((record) -> record.get("id")).containsExactly(1);
		assertThat(run.dropped()).extracting((record) -> record.get("id")).containsExactly(2, 3);
	}

	@Test
	void keepWithAReasonIgnoresOtherRecords() {
		FilterRun run = run(options("status == 'open'", null, null, "not open"));

		assertThat(run.ignored()).extracting(RecordInFlight::ignoreReason).containsExactly("not open", "not open");
	}

	@Test
	void ignoreTakesTheConditionForTheReason() {
		FilterRun run = run(options(null, "status == null", null, null));

		assertThat(run.kept()).hasSize(2);
		assertThat(run.ignored()).extracting(RecordInFlight::ignoreReason).containsExactly("status == null");
	}

	@Test
	void dropLeavesRecordsOut() {
		FilterRun run = run(options(null, null, "default(status.lookup('states'), '') == 'gone'", null));

		assertThat(run.dropped()).extracting((record) -> record.get("id")).containsExactly(2);
	}

	@Test
	void aConditionThatIsNeitherTrueNorFalseRejectsTheRecord() {
		FilterRun run = run(options("status", null, null, null));

		assertThat(run.failed()).hasSize(3)
			.last()
			.satisfies((record) -> assertThat(record.errors())
				.containsExactly("the condition 'status' cannot be computed: its result is null, not true or false"));
	}

	@Test
	void aRecordToDeletePassesIfItLacksAProperty() {
		RecordInFlight gone = new RecordInFlight(Map.of("id", 4), Operation.DELETE);

		assertThat(FilterKit.of(ConditionFilter::new)
			.options(options("status == 'open'", null, null, null))
			.run(List.of(gone))
			.kept()).hasSize(1);
		assertThat(FilterKit.of(ConditionFilter::new)
			.options(options("id < 4", null, null, null))
			.run(List.of(gone))
			.dropped()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
			-        | -     | -    | -   | has not exactly one condition; give one of keep, ignore and drop
			a        | b     | -    | -   | has not exactly one condition; give one of keep, ignore and drop
			-        | -     | a    | x   | drop takes no reason; give ignore with a reason instead
			a ==     | -     | -    | -   | the condition 'a ==' is invalid: at position 5: mismatched input '<EOF>'
			text(id) | -     | -    | -   | the condition 'text(id)' is invalid: its result is not true or false
			""")
	void invalidOptionsAreRefused(@Nullable String keep, @Nullable String ignore, @Nullable String drop,
			@Nullable String reason, String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConditionFilter().configure(options(keep, ignore, drop, reason)))
			.withMessage(message);
	}

	private static ConditionOptions options(@Nullable String keep, @Nullable String ignore, @Nullable String drop,
			@Nullable String reason) {
		return new ConditionOptions(keep, ignore, drop, reason, Map.of("states", Map.of("closed", "gone")),
				ZoneOffset.UTC);
	}

	private static FilterRun run(ConditionOptions options) {
		return FilterKit.of(ConditionFilter::new)
			.options(options)
			.run(List.of(record(1, "open"), record(2, "closed"), record(3, null)));
	}

	private static RecordInFlight record(int id, @Nullable String status) {
		Map<String, @Nullable Object> properties = new HashMap<>();
		properties.put("id", id);
		properties.put("status", status);
		return new RecordInFlight(properties);
	}

}
