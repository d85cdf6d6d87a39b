package io.deltasync.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class JsonRecordsTests {

	private static final FormatOptions DEFAULT = FormatOptions.DEFAULT;

	@Test
	void linesAreObjects() throws IOException {
		assertThat(Parsed.of(FileFormat.JSONL, DEFAULT,
				"\uFEFF{\"a\":1,\"b\":[1.50,{\"c\":null}]}\r\n\n{\"a\":12345678901234567890}\n"))
			.containsExactly("1{a=1, b=[1.50, {c=null}]}", "3{a=12345678901234567890}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1]", "{\"a\":1} {\"a\":2}", "{\"a\":1", "{\"a\":1,\"a\":2}", "a,b", "{\"a\":1e9999}",
			"{\"a\":\"" })
	void lineThatIsNoObjectCostsItself(String line) throws IOException {
		List<String> parsed = Parsed.of(FileFormat.JSONL, DEFAULT, "{\"a\":1}\n" + line + "\n{\"a\":2}");

		assertThat(parsed).hasSize(3);
		assertThat(parsed.get(0)).isEqualTo("1{a=1}");
		assertThat(parsed.get(1)).startsWith("2!");
		assertThat(parsed.get(2)).isEqualTo("3{a=2}");
	}

	@Test
	void malformedAndLongLinesCostThemselves() throws IOException {
		FormatOptions options = new FormatOptions(StandardCharsets.US_ASCII, false, Compression.AUTO,
				FormatOptions.Csv.DEFAULT, "", 20, 100);

		assertThat(Parsed.of(FileFormat.JSONL, options,
				"{\"a\":\"\u20ac\"}\n{\"a\":\"%s\"}\n{\"a\":1}".formatted("x".repeat(100_000))))
			.satisfiesExactly((first) -> assertThat(first).startsWith("1!the line contains bytes"),
					(second) -> assertThat(second).startsWith("2!the line has more than 20 characters"),
					(third) -> assertThat(third).isEqualTo("3{a=1}"));
	}

	@Test
	void tooManyBadLinesEndReading() {
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> Parsed.of(FileFormat.JSONL, DEFAULT, "<html>\n".repeat(200)))
			.withMessageStartingWith("orders:101: more than 100 lines in a row cannot be read");
	}

	@Test
	void arrayIsRead() throws IOException {
		assertThat(Parsed.of(FileFormat.JSON, DEFAULT, "\uFEFF[\n{\"a\":1},\n7,\n{\"a\":2}\n]\n"))
			.containsExactly("2{a=1}", "3!an element of the array is not an object", "4{a=2}");
		assertThat(Parsed.of(FileFormat.JSON, DEFAULT, "[]")).isEmpty();
	}

	@Test
	void arrayIsFoundByItsPath() throws IOException {
		String text = "{\"meta\":{\"items\":[9]},\"note\":\"%s\",\"data\":{\"x\":1,\"items\":[{\"a\":1}],\"y\":[[]]},\"z\":{}}"
			.formatted("n".repeat(300_000));

		assertThat(Parsed.of(FileFormat.JSON, at("data.items"), text)).containsExactly("1{a=1}");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("documents")
	void documentThatIsNotCompleteOrNotRecognisedFails(String text, String records, String expected) {
		assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Parsed.of(FileFormat.JSON, at(records), text))
			.withMessageContaining(expected);
	}

	private static Stream<Arguments> documents() {
		return Stream.of(arguments("", "", "orders:1: the document is empty"),
				arguments("[{\"a\":1}", "", "is the file complete?"), arguments("[{\"a\":1},\n{", "", "orders:2: "),
				arguments("[{\"a\":1}] []", "", "continues after its end"),
				arguments("{\"data\":[]", "data", "is the file complete?"),
				arguments("{\"data\":[]}", "items", "there is no 'items'"),
				arguments("{\"data\":{}}", "", "the document is not an array"),
				arguments("{\"data\":{}}", "data", "'data' is not an array"), arguments("<html>", "", "it is not JSON"),
				arguments("[{\"a\":1,\"a\":2}]", "", "it is not JSON"),
				arguments("[{\"a\":\"%s\"}]".formatted("x".repeat(200_000)), "",
						"a record has more than 1,000 characters"));
	}

	@Test
	void malformedInputFails() {
		byte[] bytes = "[{\"a\":\"gr\u00fcn\"}]".getBytes(StandardCharsets.ISO_8859_1);

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> Parsed.of(FileFormat.JSON, DEFAULT, bytes))
			.withMessageContaining("there are bytes that are no text in UTF-8");
	}

	private static FormatOptions at(String records) {
		return new FormatOptions(StandardCharsets.UTF_8, false, Compression.AUTO, FormatOptions.Csv.DEFAULT, records,
				1000, 100);
	}

}
