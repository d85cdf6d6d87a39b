package io.deltasync.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.deltasync.testing.Fuzz;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be stored comes back as it was, and a text that nobody has stored so is
 * refused by name of the adapter.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScopeFuzzTests {

	private final ValueCodec codec = new ValueCodec(new PullSource());

	record Place(String name, long offset, @Nullable Integer page, List<String> keys) {

	}

	record Nested(Place place, @Nullable Object anything) {

	}

	@Test
	void whatIsStoredComesBack() {
		Fuzz.cases(3000, (fuzz) -> {
			Object scope = scope(fuzz, 4);
			String text;
			try {
				text = this.codec.writeChecked(scope);
			}
			catch (UnstorableScopeException ex) {
				throw new AssertionError("%s: %s".formatted(scope, ex.getMessage()), ex);
			}
			assertThat(this.codec.read(text)).isEqualTo(scope);
		});
	}

	@Test
	void whatWasChangedIsReadOrRefused() {
		Fuzz.cases(10_000, (fuzz) -> {
			String text = fuzz.change(this.codec.write(scope(fuzz, 2)));
			readOrRefuse((fuzz.below(10) == 0) ? fuzz.text() : text);
		});
	}

	@Test
	void depthIsRefused() {
		for (String opening : List.of("[", "{\"a\":", "{\"@set\":[", "{\"@map\":[[",
				"{\"@.ScopeFuzzTests$Nested\":{")) {
			readOrRefuse(opening.repeat(100_000));
		}
		List<Object> deep = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			List<Object> around = new ArrayList<>();
			around.add(deep);
			deep = around;
		}
		try {
			this.codec.write(deep);
		}
		catch (UnstorableScopeException ex) {
			assertThat(ex).hasMessageContaining("PullSource");
		}
	}

	private void readOrRefuse(String text) {
		Object scope;
		try {
			scope = this.codec.read(text);
		}
		catch (UnreadableScopeException ex) {
			assertThat(ex.getMessage()).startsWith("source adapter io.deltasync.codec.PullSource cannot read back")
				.doesNotContainPattern("NullPointer|ClassCast|IndexOutOf|because \"");
			return;
		}
		String again = this.codec.write(scope);
		assertThat(this.codec.write(this.codec.read(again))).as(text).isEqualTo(again);
	}

	private static Object scope(Fuzz fuzz, int depth) {
		return switch (fuzz.below((depth > 0) ? 7 : 1)) {
			case 1, 2 -> {
				List<Object> list = new ArrayList<>();
				fill(fuzz, depth, list);
				yield list;
			}
			case 3 -> {
				Map<Object, Object> map = new LinkedHashMap<>();
				for (int size = fuzz.below(4); size > 0; size--) {
					map.put(fuzz.below(3) > 0 ? fuzz.text() : value(fuzz), scope(fuzz, depth - 1));
				}
				yield map;
			}
			case 4 -> {
				Set<Object> set = new LinkedHashSet<>();
				fill(fuzz, depth, set);
				yield set;
			}
			case 5 -> new Place(fuzz.text(), fuzz.number(), fuzz.oneOf(null, fuzz.below(9)), List.of(fuzz.text()));
			case 6 -> new Nested(new Place("", 0, null, List.of()), scope(fuzz, depth - 1));
			default -> value(fuzz);
		};
	}

	private static void fill(Fuzz fuzz, int depth, java.util.Collection<Object> collection) {
		for (int size = fuzz.below(4); size > 0; size--) {
			collection.add(scope(fuzz, depth - 1));
		}
	}

	private static Object value(Fuzz fuzz) {
		long number = fuzz.number();
		return switch (fuzz.below(14)) {
			case 0 -> number;
			case 1 -> (int) number;
			case 2 -> Double.longBitsToDouble(number);
			case 3 -> Float.intBitsToFloat((int) number);
			case 4 -> new BigDecimal(BigInteger.valueOf(number), fuzz.below(4000) - 2000);
			case 5 -> BigInteger.valueOf(number).pow(1 + fuzz.below(20));
			case 6 -> new UUID(number, fuzz.number());
			case 7 -> Instant.MIN.plusSeconds(number >>> 9);
			case 8 -> LocalDate.ofEpochDay(number >> 30);
			case 9 -> Duration.ofSeconds(number, fuzz.below(1_000_000_000));
			case 10 -> OffsetDateTime.parse("2026-11-21T08:00:00+01:00").plusSeconds(number >> 20);
			case 11 -> (number & 1) == 0;
			case 12 -> (char) number;
			default -> fuzz.text();
		};
	}

}
