package io.deltasync.cli.text;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.BlockedDeletes;
import io.deltasync.event.view.LinkStanding;
import io.deltasync.link.Endpoint;
import io.deltasync.verified.LastVerification;
import io.deltasync.verified.VerifyResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinksTextTests {

	private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");

	private static LinkStanding link(String name, BlockedDeletes.@Nullable Blocked blocked) {
		return link(name, blocked, null);
	}

	private static LinkStanding link(String name, BlockedDeletes.@Nullable Blocked blocked,
			@Nullable LastVerification verification) {
		return new LinkStanding(name, new Endpoint("jdbcSource", "a"), new Endpoint("jdbcTarget", "b"), List.of(), NOW,
				0, List.of(), null, List.of(), blocked, verification);
	}

	@Test
	void blockedDeletionsAreShownWithTheNextStep() {
		String text = LinksText.of(
				List.of(link("calm", null),
						link("orders", new BlockedDeletes.Blocked(17, 201, Instant.parse("2026-01-01T08:30:00Z")))),
				NOW);

		assertThat(text.lines().filter((line) -> line.startsWith("Link '"))).singleElement()
			.asString()
			.contains("Link 'orders': 201 records", "since 2026-01-01T08:30:00Z", "max-delete-share", "'event 17'",
					"'run orders --full --force'");
	}

	@Test
	void itIsShownWhenALinkWasLastProvedInStep() {
		Instant monday = NOW.minusSeconds(86_400);
		String text = LinksText.of(List.of(link("never", null),
				link("proven", null, new LastVerification(7, monday, VerifyResult.IN_STEP, 0, 0, 0, 7L, monday)),
				link("worse", null, new LastVerification(9, NOW, VerifyResult.NOT_IN_STEP, 1, 2, 0, 7L, monday))), NOW);

		assertThat(text.lines().map(String::stripTrailing))
			.anySatisfy((line) -> assertThat(line).startsWith("never").endsWith("-"))
			.anySatisfy((line) -> assertThat(line).startsWith("proven").endsWith("24 h 0 min ago"))
			.anySatisfy(
					(line) -> assertThat(line).startsWith("worse").endsWith("24 h 0 min ago; not in step in event 9"));
	}

}
