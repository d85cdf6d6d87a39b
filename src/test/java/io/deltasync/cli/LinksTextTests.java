package io.deltasync.cli;

import io.deltasync.event.LinkStanding;
import java.time.Instant;
import java.util.List;

import io.deltasync.event.BlockedDeletes;
import io.deltasync.link.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinksTextTests {

	private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");

	private static LinkStanding link(String name, BlockedDeletes.@Nullable Blocked blocked) {
		return new LinkStanding(name, new Endpoint("jdbcSource", "a"), new Endpoint("jdbcTarget", "b"), NOW, 0,
				List.of(), null, List.of(), blocked);
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

}
