package io.deltasync.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.RecordInFlight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Link's mask hides.
 */
class MaskTests {

	private final Map<String, Object> person = new LinkedHashMap<>(Map.of("id", 7, "Email", "ada.lovelace@example.org",
			"address", Map.of("city", "London", "lines", List.of(Map.of("text", "12 Square"), Map.of("text", "W1")))));

	@Test
	void emptyMaskHidesNothing() {
		RecordInFlight record = new RecordInFlight(this.person).identifiedBy(List.of("Email"));

		assertThat(Mask.NONE.hideIn(this.person)).isSameAs(this.person);
		assertThat(Mask.NONE.key(record)).isEqualTo("ada.lovelace@example.org");
		assertThat(Mask.NONE.hideIn("Duplicate entry 'ada.lovelace@example.org'", record))
			.isEqualTo("Duplicate entry 'ada.lovelace@example.org'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Email", "email", "EMAIL" })
	void nameMatchesInAnyCase(String name) {
		assertThat(Mask.of(Set.of(name)).hideIn(this.person)).containsEntry("Email", "***").containsEntry("id", 7);
		assertThat(this.person).containsEntry("Email", "ada.lovelace@example.org");
	}

	@Test
	void pathHidesOnePartAndNameHidesAllParts() {
		assertThat(Mask.of(Set.of("address.lines[1].text")).hideIn(this.person))
			.hasToString(this.person.toString().replace("W1", "***"));
		assertThat(Mask.of(Set.of("Address.Lines")).hideIn(this.person)).extractingByKey("address")
			.isEqualTo(Map.of("city", "London", "lines", "***"));
		assertThat(Mask.of(Set.of("address")).hideIn(this.person)).containsEntry("address", "***");
		assertThat(Mask.of(Set.of("address")).hideIn(Map.of("address.city", "Rome"))).containsEntry("address.city",
				"***");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mail", "Email2", "address.street", "address.lines[2]", "addr", "lines" })
	void missingPropertyHidesNothing(String name) {
		assertThat(Mask.of(Set.of(name)).hideIn(this.person)).isSameAs(this.person);
	}

	@Test
	void maskedPartOfTheKeyIsNotShown() {
		RecordInFlight record = new RecordInFlight(this.person).identifiedBy(List.of("id", "Email"));

		assertThat(Mask.of(Set.of("email")).key(record)).isEqualTo("7,***");
		assertThat(Mask.of(Set.of("email")).key(new RecordInFlight(this.person))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			Duplicate entry 'ada.lovelace@example.org' for key 'email' | Duplicate entry '***' for key 'email'
			value ADA.LOVELACE@EXAMPLE.ORG is taken                    | value *** is taken
			Duplicate entry 'ada.lovelace@exa' for key 'email'         | Duplicate entry '***' for key 'email'
			twice: ada.lovelace@example.org, ada.lovelace@example.org  | twice: ***, ***
			7-ada.lovelace@example.org                                 | 7-***
			ada.lov is too little to tell                              | ada.lov is too little to tell
			has no name                                                | has no name
			""")
	void aMessageDoesNotShowAMaskedValue(String message, String shown) {
		assertThat(Mask.of(Set.of("email")).hideIn(message, new RecordInFlight(this.person))).isEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			4711 | PIN 4711 is not 47110 nor 14711   | PIN *** is not 47110 nor 14711
			a    | 'a' is not a date: a, (a), A=a    | '***' is not a date: a, (***), A=***
			O'Neill & Sons | VALUES ('O''Neill & Sons') | VALUES ('***')
			two  words of  text | has 'two words\tof text' | has '***'
			""")
	void aMaskedValueIsFoundAsOthersWriteIt(String value, String message, String shown) {
		RecordInFlight record = new RecordInFlight(Map.of("v", value));

		assertThat(Mask.of(Set.of("v")).hideIn(message.replace("\\t", "\t"), record)).isEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			ada.lovelace@example.org | ada.lovelace@corp      | taken: ada.lovelace@corp, ada.lovelace@example.org
			2026-11-21T08:00:00Z     | 2026-11-21T09:00       | taken: 2026-11-21T09:00, 2026-11-21T08:00:00Z
			{"a":"","b":"123-45"}    | 2'' valve of Ada       | taken: 2'' valve of Ada, {"a":"","b":"123-45"}
			""")
	void maskedValuesWithACommonPrefixAreHiddenCompletely(String one, String other, String message) {
		RecordInFlight record = new RecordInFlight(Map.of("a", one, "b", other));

		assertThat(Mask.of(Set.of("a", "b")).hideIn(message, record)).isEqualTo("taken: ***, ***");
	}

	@Test
	void valueWithoutAddressablePartsIsHiddenAsAWhole() {
		Map<String, Object> properties = Map.of("phones", Set.of("0301234567"), "at", new String[] { "0307654321" },
				"address", URI.create("x://y"), "id", 1);
		Mask mask = Mask.of(Set.of("phones[0]", "at", "address.city"));

		assertThat(mask.hideIn(properties)).isEqualTo(Map.of("phones", "***", "at", "***", "address", "***", "id", 1));
		assertThat(mask.hideIn("0301234567 or 0307654321", new RecordInFlight(properties))).isEqualTo("*** or ***");
	}

	@Test
	void maskedValuesOfAllTypesAndNestedValuesAreHidden() {
		RecordInFlight record = new RecordInFlight(
				Map.of("n", 123456, "b", new byte[] { 1, 35, 69, 103 }, "m", Map.of("l", List.of("inner", "outer"))));

		assertThat(Mask.of(Set.of("n", "b", "m.l")).hideIn("123456, x'01234567', inner and outer", record))
			.isEqualTo("***, x'***', *** and ***");
	}

	@Test
	void maskedValueIsAlsoHiddenUnderItsNewName() {
		RecordInFlight record = new RecordInFlight(Map.of("mail", "ada@x.org"))
			.replaceProperties(Map.of("contact", "ADA LOVELACE (ada@x.org)", "home", Map.of("street", "12 Square")));
		Mask mask = new Mask(Set.of("mail", "address.street"), Map.of("mail", "contact", "address", "home"));

		assertThat(mask.hideIn("ADA LOVELACE (ada@x.org) of 12 Square", record)).isEqualTo("*** of ***");
		assertThat(mask.touchesTarget("home.street")).isTrue();
		assertThat(mask.touchesTarget("home.city")).isFalse();
		assertThat(mask.touchesTarget("home")).isTrue();
		assertThat(mask.touchesSource("home.street")).isFalse();
		assertThat(mask.touchesSource("Address")).isTrue();
	}

}
