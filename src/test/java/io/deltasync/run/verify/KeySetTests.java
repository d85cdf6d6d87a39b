package io.deltasync.run.verify;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeySetTests {

	@Test
	void holdsWhatWasAddedAndNothingElse() {
		KeySet keys = new KeySet();
		Set<Long> expected = new HashSet<>();
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			// few bits, so that many share a slot
			long bits = random.nextInt(50_000) * 0x1_0000_0001L;
			keys.add(bits);
			expected.add(bits);
		}
		keys.add(0);
		keys.add(0);
		expected.add(0L);

		assertThat(keys.size()).isEqualTo(expected.size());
		for (int i = 0; i < 50_000; i++) {
			assertThat(keys.contains(i * 0x1_0000_0001L)).isEqualTo(expected.contains(i * 0x1_0000_0001L));
		}
	}

	@Test
	void keepsTheFirstBitsOfADigest() {
		assertThat(KeySet.bits("ffffffffffffffff0000000000000000")).isEqualTo(-1);
		assertThat(KeySet.bits("000000000000000a" + "f".repeat(48))).isEqualTo(10);
	}

}
