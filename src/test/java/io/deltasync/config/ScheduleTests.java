package io.deltasync.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScheduleTests {

	private static final Schedule AT_THREE = Schedule.valueOf("0 0 3 * * *");

	private static Instant at(String time) {
		return Instant.parse(time);
	}

	@Test
	void newestOfManySlotsIsFound() {
		assertThat(AT_THREE.newest(at("2026-11-18T03:00:00Z"), at("2026-11-21T02:59:59.999Z")))
			.isEqualTo(at("2026-11-20T03:00:00Z"));
	}

	@Test
	void startIsExclusiveAndEndInclusive() {
		assertThat(AT_THREE.newest(at("2026-11-20T03:00:00Z"), at("2026-11-21T02:00:00Z"))).isNull();
		assertThat(AT_THREE.newest(at("2026-11-20T03:00:00Z"), at("2026-11-21T03:00:00Z")))
			.isEqualTo(at("2026-11-21T03:00:00Z"));
		assertThat(AT_THREE.newest(at("2026-11-20T03:00:00.000001Z"), at("2026-11-20T03:00:00.5Z"))).isNull();
		assertThat(AT_THREE.newest(at("2026-11-20T02:59:59.9Z"), at("2026-11-20T03:00:00.1Z")))
			.isEqualTo(at("2026-11-20T03:00:00Z"));
	}

	@Test
	@Timeout(10)
	void yearsOfMissedSlotsTakeNoTime() {
		assertThat(Schedule.valueOf("* * * * * *").newest(Instant.EPOCH, at("2026-11-21T02:00:00.5Z")))
			.isEqualTo(at("2026-11-21T02:00:00Z"));
		assertThat(Schedule.valueOf("* * 0-1 1 JAN *").newest(Instant.EPOCH, at("2026-11-21T02:00:00Z")))
			.isEqualTo(at("2026-01-01T01:59:59Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0 0 3 * * *", "0 */15 * * * *", "30 10,50 0-3 * * MON-FRI", "0 30 2 * * *" })
	void newestSlotIsTheLastOfAllSlotsUntilThen(String cron) {
		Schedule schedule = new Schedule(Cron.valueOf(cron), ZoneId.of("Europe/Berlin"));
		Instant begin = at("2026-10-24T21:10:00Z");
		Instant end = at("2026-10-26T05:30:00Z");
		List<Instant> slots = slots(schedule, begin, end);

		assertThat(slots).isSorted().doesNotHaveDuplicates();
		for (Instant until = begin; until.isBefore(end); until = until.plus(Duration.ofMinutes(7))) {
			Instant now = until;
			Instant newest = slots.stream()
				.filter((slot) -> !slot.isAfter(now))
				.reduce((first, next) -> next)
				.orElse(null);
			assertThat(schedule.newest(begin, now)).as("until %s", now).isEqualTo(newest);
		}
	}

	private static List<Instant> slots(Schedule schedule, Instant begin, Instant end) {
		List<Instant> slots = new ArrayList<>();
		for (Instant slot = schedule.next(begin); slot != null && !slot.isAfter(end); slot = schedule.next(slot)) {
			slots.add(slot);
		}
		return slots;
	}

	@Test
	void repeatedLocalTimeIsTwoSlotsAndSkippedLocalTimeIsNone() {
		Schedule schedule = new Schedule(Cron.valueOf("0 30 2 * * *"), ZoneId.of("Europe/Berlin"));

		assertThat(slots(schedule, at("2026-10-24T12:00:00Z"), at("2026-10-26T12:00:00Z")))
			.containsExactly(at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"), at("2026-10-26T01:30:00Z"));
		assertThat(slots(schedule, at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z")))
			.containsExactly(at("2026-03-30T00:30:00Z"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 3 * * *      | it has five fields; six are needed, seconds first: '0 0 3 * * *'
			0 0 0 30 2 *   | it never matches a time
			0 0 25 * * *   | 25
			never          | 6 fields
			""")
	void whatNamesNoTimeIsRefused(String cron, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> Cron.valueOf(cron)).withMessageContaining(reason);
	}

}
