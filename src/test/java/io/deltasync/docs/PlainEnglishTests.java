package io.deltasync.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documents, the help of the command line, the Helm chart and all messages are free
 * of words of a translation, which a native reader stumbles over.
 */
class PlainEnglishTests {

	private static final Pattern UNIDIOMATIC = Pattern.compile(
			"\\b(?:" + String.join("|", "heed(?:s|ed)?", "mend(?:s|ed)?", "put right", "(?:go|goes|went) on",
					"by (?:itself|themselves)", "anew", "once more", "again and again", "in vain", "told apart",
					"(?:is|are|was|were) to", "all the same", "given up", "overtaken", "(?<=\\w )settle[sd]?",
					"what changed since", "what is gone", "takes a lane", "heard of", "falls? short", "so far",
					"as ever", "at most", "at least so many", "no more(?! than| \\w+s\\b)") + ")\\b",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern LITERAL = Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"",
			Pattern.DOTALL);

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<=\\s)//[^\\n]*", Pattern.DOTALL);

	static List<DocPage> pages() {
		Stream<Path> others = Stream
			.of("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "helm/deltasync/README.md", "src/test/README.md")
			.map(Path::of);
		return Stream.concat(DocPage.all().stream(), others.map(DocPage::of)).toList();
	}

	static List<String> commands() {
		return CommandHelp.commands();
	}

	static List<Path> chart() throws IOException {
		return files("helm/deltasync");
	}

	static List<Path> sources() throws IOException {
		return files("src/main/java").stream().filter((file) -> file.toString().endsWith(".java")).toList();
	}

	private static List<Path> files(String directory) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(directory))) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void pageIsWrittenInPlainEnglish(DocPage page) {
		assertThat(unidiomatic(page.prose())).as(page.toString()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("commands")
	void helpIsWrittenInPlainEnglish(String command) {
		String help = CommandHelp.of(command, "--help");

		assertThat(help).contains(command);
		assertThat(unidiomatic(help)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("chart")
	void chartIsWrittenInPlainEnglish(Path file) throws IOException {
		assertThat(unidiomatic(Files.readString(file))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("sources")
	void messagesAreWrittenInPlainEnglish(Path source) throws IOException {
		assertThat(unidiomatic(messages(Files.readString(source)))).isEmpty();
	}

	@Test
	void joinedLiteralsAreReadAsOneMessage() {
		String source = """
				/** Goes on. */
				// again and again
				log("the run is "
						+ "to end", '"', "it's {}", "said \\"no more\\"");
				""";

		assertThat(unidiomatic(messages(source))).containsExactly("is to", "no more");
	}

	private static List<String> unidiomatic(String text) {
		return UNIDIOMATIC.matcher(text.replaceAll("\\s+", " ")).results().map(MatchResult::group).toList();
	}

	/** Returns the string literals of a source, with those that a plus joins as one. */
	private static String messages(String source) {
		String code = COMMENT.matcher(source).replaceAll("").replace("'\"'", "").replaceAll("\"\\s*\\+\\s*\"", "");
		StringBuilder messages = new StringBuilder();
		for (Matcher literal = LITERAL.matcher(code); literal.find();) {
			messages.append(literal.group()).append('\n');
		}
		return messages.toString();
	}

}
