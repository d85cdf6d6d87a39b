package io.deltasync.reject;

import java.util.List;
import java.util.Map;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.scope.ScopeCodec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tells a record from all others.
 */
class RecordIdentityTests {

	private final ScopeCodec codec = ScopeCodec.ofProperties(new SourceAdapter() {
	});

	@Test
	void recordsWithEqualBinaryKeysAreTheSame() {
		assertThat(id(Map.of("id", new byte[] { 1, 2 }), "id")).isEqualTo(id(Map.of("id", new byte[] { 1, 2 }), "id"))
			.isNotEqualTo(id(Map.of("id", new byte[] { 1, 3 }), "id"));
	}

	@Test
	void partsOfAKeyAreToldApartWhereverTheyAreCut() {
		assertThat(id(Map.of("a", "1,2", "b", "3"), "a", "b")).isNotEqualTo(id(Map.of("a", "1", "b", "2,3"), "a", "b"));
	}

	private String id(Map<String, Object> properties, String... key) {
		return RecordIdentity.recordId(new RecordInFlight(properties).identifiedBy(List.of(key)), this.codec);
	}

}
