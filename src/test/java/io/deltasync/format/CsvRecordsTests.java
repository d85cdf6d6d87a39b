package io.deltasync.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CsvRecordsTests {

	private static final FormatOptions DEFAULT = FormatOptions.DEFAULT;

	private static final String UNCLOSED = "!a quote is not closed";

	private static final String AFTER_QUOTE = "!there is text after a closing quote";

	private static final String STRAY = "!a value without quotes contains a quote, after a line that cannot be read";

	@ParameterizedTest(name = "{0}")
	@MethodSource("texts")
	void readsWhatCanBeRead(String what, String text, List<String> expected) throws IOException {
		assertThat(Parsed.of(FileFormat.CSV, DEFAULT, text)).isEqualTo(expected);
	}

	private static Stream<Arguments> texts() {
		return Stream.of(arguments("nothing", "", List.of()), arguments("only a header", "a,b\n", List.of()),
				arguments("records", "a,b\n1,x\n2,y", List.of("2{a=1, b=x}", "3{a=2, b=y}")),
				arguments("a byte order mark", "\uFEFFa,b\n1,x\n", List.of("2{a=1, b=x}")),
				arguments("a byte order mark before a quote", "\uFEFF\"a\",b\n1,x\n", List.of("2{a=1, b=x}")),
				arguments("CRLF", "a,b\r\n1,x\r\n\r\n2,y\r\n", List.of("2{a=1, b=x}", "4{a=2, b=y}")),
				arguments("CR", "a,b\r1,x\r2,y\r", List.of("2{a=1, b=x}", "3{a=2, b=y}")),
				arguments("blank lines", "\n\na,b\n\n1,x\n\n   \n2,y\n\n", List.of("5{a=1, b=x}", "8{a=2, b=y}")),
				arguments("line breaks in quotes", "a,b\n1,\"x\r\n\ny\"\n2,y\n",
						List.of("2{a=1, b=x\r\n\ny}", "5{a=2, b=y}")),
				arguments("null and empty", "a,b,c\n1,,\"\"\n", List.of("2{a=1, b=null, c=}")),
				arguments("the text NA, and null", "a,b\nNA,null\n", List.of("2{a=NA, b=null}")),
				arguments("quotes in quotes", "a,b\n1,\"say \"\"hi\"\"\"\n", List.of("2{a=1, b=say \"hi\"}")),
				arguments("a quote in a value without quotes", "a,b\n1,5\" pipe\n", List.of("2{a=1, b=5\" pipe}")),
				arguments("a quote that is never closed", "a,b\n1,x\n2,\"y\n3,z\n4,w\n",
						List.of("2{a=1, b=x}", "3" + UNCLOSED, "4{a=3, b=z}", "5{a=4, b=w}")),
				arguments("a quote that is never closed in the last line", "a,b\n1,x\n2,\"y",
						List.of("2{a=1, b=x}", "3" + UNCLOSED)),
				arguments("a quote that a later one closes", "a,b\n1,\"x\n2,\"y\"\n3,z\n",
						List.of("2" + AFTER_QUOTE, "3{a=2, b=y}", "4{a=3, b=z}")),
				arguments("text after a closing quote", "a,b\n1,\"x\"y\n2,y\n",
						List.of("2" + AFTER_QUOTE, "3{a=2, b=y}")),
				arguments("text after a closing quote in a later line", "a,b\n1,\"x\ny\" z,w\n2,y\n",
						List.of("2" + AFTER_QUOTE, "3" + STRAY, "4{a=2, b=y}")),
				arguments("a value too many", "a,b\n1,x,9\n2,y\n",
						List.of("2!the line has 3 values, but there are 2 columns", "3{a=2, b=y}")),
				arguments("a value too few", "a,b\n1\n2,y\n",
						List.of("2!the line has 1 values, but there are 2 columns", "3{a=2, b=y}")),
				arguments("lines that an open quote has swallowed", "a,b,c\n1,\"x,y\n2,x,\"\n3,x,y\n",
						List.of("2!the line has 2 values, but there are 3 columns", "3" + UNCLOSED,
								"4{a=3, b=x, c=y}")),
				arguments("a long header", "a".repeat(70_000) + ",b\n1,x\n",
						List.of("2{" + "a".repeat(70_000) + "=1, b=x}")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refusals")
	void refusesAFileWhoseBeginningIsWrong(String what, String text, String expected) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> Parsed.of(FileFormat.CSV, DEFAULT, text))
			.withMessageContaining(expected);
	}

	private static Stream<Arguments> refusals() {
		return Stream.of(
				arguments("a name twice", "\na,b,a\n1,x,2\n",
						"orders:2: the header has the name 'a' twice; give the names with header, "
								+ "and skip this line with skip-lines: 2"),
				arguments("no name", "a,,b\n", "orders:1: column 2 has no name in the header"),
				arguments("a quote not closed", "a,\"b\n1,2\n",
						"orders:1: the header cannot be read: a quote is not closed"));
	}

	@Test
	void headerIsGivenByAnOption() throws IOException {
		FormatOptions options = with(
				new FormatOptions.Csv(';', '\'', List.of("id", "name"), 2, Set.of("\\N"), true, true));

		assertThat(Parsed.of(FileFormat.CSV, options, "exported today\nID;NAME\n1;'a;b'\n2\n3;c;9\n4;\n5;\\N\n6;'\\N'"))
			.containsExactly("3{id=1, name=a;b}", "4{id=2, name=null}", "5{id=3, name=c}", "6{id=4, name=}",
					"7{id=5, name=null}", "8{id=6, name=\\N}");
	}

	@Test
	void malformedInputCostsItsLine() throws IOException {
		byte[] bytes = "a,b\n1,gr\u00fcn\n2,rot\n".getBytes(StandardCharsets.ISO_8859_1);

		assertThat(Parsed.of(FileFormat.CSV, DEFAULT, bytes)).containsExactly(
				"2!the line contains bytes that are no text in UTF-8; set charset, or on-malformed: replace",
				"3{a=2, b=rot}");
		assertThat(Parsed.of(FileFormat.CSV, new FormatOptions(StandardCharsets.UTF_8, true, Compression.AUTO,
				FormatOptions.Csv.DEFAULT, "", 1000, 1), bytes))
			.containsExactly("2{a=1, b=gr\uFFFDn}", "3{a=2, b=rot}");
	}

	@Test
	void charactersAreReadInOtherCharsets() throws IOException {
		for (String charset : List.of("ISO-8859-1", "UTF-16", "UTF-16LE", "windows-1252")) {
			FormatOptions options = new FormatOptions(Charset.forName(charset), false, Compression.AUTO,
					FormatOptions.Csv.DEFAULT, "", 1000, 1);

			assertThat(Parsed.of(FileFormat.CSV, options, "a,b\n1,gr\u00fcn\n".getBytes(Charset.forName(charset))))
				.as(charset)
				.containsExactly("2{a=1, b=gr\u00fcn}");
		}
	}

	@Test
	void aLineThatIsTooLongCostsItself() throws IOException {
		FormatOptions options = limits(100, 5);
		String text = "a,b\n1,%s\n2,y\n3,\"%s\n4,z\n".formatted("x".repeat(1_000_000), "x\n".repeat(90));

		List<String> parsed = Parsed.of(FileFormat.CSV, limits(100, 200), text);

		assertThat(parsed.get(0)).startsWith("2!the line has more than 100 characters");
		assertThat(parsed.get(1)).isEqualTo("3{a=2, b=y}");
		assertThat(parsed.get(2)).startsWith("4!the record has more than 100 characters, perhaps because a quote");
		assertThat(parsed.get(parsed.size() - 1)).isEqualTo("95{a=4, b=z}");
		assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Parsed.of(FileFormat.CSV, options, text))
			.withMessageStartingWith("orders:9: more than 5 lines in a row cannot be read");
	}

	@Test
	void fileWithManyOpenQuotesIsNotReadAgainAndAgain() throws IOException {
		String text = "a,b\n" + "1,\"x\"\"\n2,y\n".repeat(20_000);

		assertThat(Parsed.of(FileFormat.CSV, limits(10_000, 10), text)).hasSize(40_000);
	}

	@Test
	void linesAreFoundWhereverABufferEnds() throws IOException {
		for (int length = 16_370; length < 16_390; length++) {
			String value = "x".repeat(length) + "\u20ac";

			assertThat(Parsed.of(FileFormat.CSV, DEFAULT, "a,b\r\n1,%s\r\n2,\"y\r\n\"\r\n".formatted(value)))
				.containsExactly("2{a=1, b=" + value + "}", "3{a=2, b=y\r\n}");
		}
	}

	@Test
	void badLinesCostNoOtherLine() throws IOException {
		RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
		StringBuilder text = new StringBuilder("a,b\n");
		int[] bad = IntStream.range(0, 2000).filter((i) -> random.nextInt(4) == 0).toArray();
		Set<Integer> isBad = Arrays.stream(bad).boxed().collect(Collectors.toSet());
		for (int i = 0; i < 2000; i++) {
			text.append(isBad.contains(i) ? List.of("x\n", "x,y,z\n", "x,\"y\"z\n").get(random.nextInt(3))
					: "%d,\"v\"\n".formatted(i));
		}

		List<String> parsed = Parsed.of(FileFormat.CSV, DEFAULT, text.toString());

		assertThat(parsed).hasSize(2000);
		for (int i = 0; i < 2000; i++) {
			assertThat(parsed.get(i)).startsWith("%d%s".formatted(i + 2, isBad.contains(i) ? "!" : "{a=" + i + ","));
		}
	}

	@Test
	void gzipIsRecognisedWithAllItsMembers() throws IOException {
		ByteArrayOutputStream members = new ByteArrayOutputStream();
		members.write(Gzip.of("a,b\n1,x\n"));
		members.write(Gzip.of("2,y\n"));
		InputStream nothingAvailable = new ByteArrayInputStream(members.toByteArray()) {
			@Override
			public synchronized int available() {
				return 0;
			}
		};

		assertThat(Parsed.of(FileFormat.CSV, DEFAULT, members.toByteArray())).containsExactly("2{a=1, b=x}",
				"3{a=2, b=y}");
		try (RecordReader reader = FileFormat.CSV.open(nothingAvailable, "orders", DEFAULT)) {
			reader.next();
			assertThat(reader.next()).isNotNull();
		}
	}

	@Test
	void truncatedGzipFails() {
		byte[] whole = Gzip.of("a,b\n" + "1,x\n".repeat(1000));

		for (int length : List.of(3, whole.length / 2, whole.length - 1)) {
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> Parsed.of(FileFormat.CSV, DEFAULT, Arrays.copyOf(whole, length)))
				.withMessageContaining("orders");
		}
	}

	@Test
	void textThatIsNotGzipIsRefusedWhereGzipIsExpected() {
		FormatOptions options = new FormatOptions(StandardCharsets.UTF_8, false, Compression.GZIP,
				FormatOptions.Csv.DEFAULT, "", 1000, 1);

		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> Parsed.of(FileFormat.CSV, options, "a,b\n1,x\n"))
			.withMessageContaining("this is not gzip");
	}

	@Test
	void failureToReadIsNoProblemOfALine() {
		InputStream broken = new InputStream() {

			private int read;

			@Override
			public int read() throws IOException {
				if (this.read == 10) {
					throw new IOException("the disk is gone");
				}
				return "a,b\n1,\"x\n2".charAt(this.read++);
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				bytes[offset] = (byte) read();
				return 1;
			}

		};

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
			try (RecordReader reader = FileFormat.CSV.open(broken, "orders", DEFAULT)) {
				reader.next();
			}
		}).withMessage("the disk is gone");
	}

	private static FormatOptions limits(int maxRecordLength, int maxBadLines) {
		return new FormatOptions(StandardCharsets.UTF_8, false, Compression.AUTO, FormatOptions.Csv.DEFAULT, "",
				maxRecordLength, maxBadLines);
	}

	private static FormatOptions with(FormatOptions.Csv csv) {
		return new FormatOptions(StandardCharsets.UTF_8, false, Compression.AUTO, csv, "", 1000, 1);
	}

}
