package io.deltasync.jdbc.value;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DateTimeTextTests {

	private static final List<String> TEXTS = List.of("2026-11-21", "2024-02-29", "2026-11-21T08:15:30",
			"2026-11-21 08:15:30.5", "2026-11-21T23:59:59.123456789Z", "2026-11-21T08:15:30Z",
			"2026-11-21T08:15:30.120+02:00", "2026-11-21T08:15", "0000-12-31 00:00:00");

	private static final String CHARACTERS = "0123456789-:.TZ +";

	@Test
	void usualFormsAreParsed() {
		assertThat(DateTimeText.parse("2026-11-21")).isEqualTo(LocalDate.of(2026, 11, 21));
		assertThat(DateTimeText.parse("2026-11-21 08:15:30.5"))
			.isEqualTo(LocalDateTime.of(2026, 11, 21, 8, 15, 30, 500_000_000));
		assertThat(DateTimeText.parse("2026-11-21T08:15:30.000000001Z"))
			.isEqualTo(OffsetDateTime.of(2026, 11, 21, 8, 15, 30, 1, ZoneOffset.UTC));
	}

	@Test
	void everyTextIsParsedAsTheFormatterDoes() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 200_000; i++) {
			StringBuilder text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
			for (int change = random.nextInt(3); change > 0 && text.length() > 0; change--) {
				int at = random.nextInt(text.length());
				char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
				switch (random.nextInt(3)) {
					case 0 -> text.setCharAt(at, character);
					case 1 -> text.deleteCharAt(at);
					default -> text.insert(at, character);
				}
			}
			assertThat(parsed(text.toString(), false)).as("%s, seed %d", text, seed)
				.isEqualTo(parsed(text.toString(), true));
		}
	}

	private static Object parsed(String text, boolean byFormatter) {
		try {
			return byFormatter ? DateTimeText.formatted(text) : DateTimeText.parse(text);
		}
		catch (DateTimeParseException ex) {
			return "refused";
		}
	}

}
