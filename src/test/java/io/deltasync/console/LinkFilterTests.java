package io.deltasync.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.deltasync.link.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which Links a filter selects.
 */
class LinkFilterTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private static final LinkOverview ORDERS = link("orders", LinkState.OK, NOW.minusSeconds(60));

	private static final LinkOverview OLD_ORDERS = link("old-orders", LinkState.OK, NOW.minusSeconds(7200));

	private static final LinkOverview PEOPLE = link("People", LinkState.FAILED, null);

	private static final List<LinkOverview> ALL = List.of(ORDERS, OLD_ORDERS, PEOPLE);

	private static LinkOverview link(String name, LinkState state, @Nullable Instant lastSuccess) {
		return new LinkOverview(name, new Endpoint("jdbcSource", "a"), new Endpoint("jdbcTarget", "b"), labels(name),
				state, lastSuccess, 0, 0, null, null, null, null, null, null, null, List.of());
	}

	private static List<String> labels(String name) {
		return name.endsWith("orders") ? List.of("shop", "sales") : List.of("staff");
	}

	@Test
	void aLabelSelectsTheLinksThatHaveIt() {
		assertThat(new LinkFilter("", "sales", null, null).apply(ALL, NOW)).containsExactly(ORDERS, OLD_ORDERS);
		assertThat(new LinkFilter("old", "sales", null, null).apply(ALL, NOW)).containsExactly(OLD_ORDERS);
		assertThat(new LinkFilter("", "sale", null, null).apply(ALL, NOW)).isEmpty();
	}

	@Test
	void filterWithoutConditionsSelectsAll() {
		assertThat(new LinkFilter("", "", null, null).apply(ALL, NOW)).isEqualTo(ALL);
	}

	@Test
	void nameMatchesAnyPartInAnyCase() {
		assertThat(new LinkFilter("ORDER", "", null, null).apply(ALL, NOW)).containsExactly(ORDERS, OLD_ORDERS);
		assertThat(new LinkFilter("people", "", null, null).apply(ALL, NOW)).containsExactly(PEOPLE);
	}

	@Test
	void linksThatWereNeverSuccessfulAreBehindAnyTime() {
		assertThat(new LinkFilter("", "", null, Duration.ofHours(1)).apply(ALL, NOW)).containsExactly(OLD_ORDERS,
				PEOPLE);
	}

	@Test
	void linkThatWasSuccessfulExactlyThatLongAgoIsBehind() {
		assertThat(new LinkFilter("", "", null, Duration.ofHours(2)).apply(ALL, NOW)).contains(OLD_ORDERS);
	}

	@Test
	void allConditionsMustHold() {
		assertThat(new LinkFilter("o", "", LinkState.OK, Duration.ofHours(1)).apply(ALL, NOW))
			.containsExactly(OLD_ORDERS);
	}

}
