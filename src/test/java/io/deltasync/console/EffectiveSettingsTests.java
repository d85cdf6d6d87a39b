package io.deltasync.console;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests how bound settings are listed.
 */
class EffectiveSettingsTests {

	@Test
	void settingsAreListedByKeyAndSecretsAreMasked() {
		Settings settings = new Settings(4, new Group("tcp://user:hidden@broker:1", "s3cret"), null);

		assertThat(EffectiveSettings.of("x", settings)).containsExactly(entry("x.max-runs", "4"),
				entry("x.remote.broker-url", "tcp://***@broker:1"), entry("x.remote.access-key", "***"),
				entry("x.nothing", ""));
	}

	private record Settings(int maxRuns, Group remote, @Nullable String nothing) {

	}

	private record Group(String brokerUrl, String accessKey) {

	}

}
