package io.deltasync.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path where it is, relative to the project
 * @param text its Markdown
 */
record DocPage(Path path, String text) {

	static final Path README = Path.of("README.md");

	private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

	static DocPage of(Path path) {
		try {
			return new DocPage(path, Files.readString(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** README first, then docs/ in the order of the names. */
	static List<DocPage> all() {
		try (Stream<Path> files = Files.list(Path.of("docs"))) {
			Stream<Path> pages = files.filter((file) -> file.toString().endsWith(".md")).sorted();
			return Stream.concat(Stream.of(README), pages).map(DocPage::of).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Example> examples(String language) {
		return all().stream().flatMap((page) -> page.examples().stream()).filter((one) -> one.isIn(language)).toList();
	}

	String name() {
		return this.path.getFileName().toString().replace(".md", "");
	}

	List<Example> examples() {
		List<Example> examples = new ArrayList<>();
		Matcher fenced = FENCED.matcher(this.text);
		while (fenced.find()) {
			long line = this.text.substring(0, fenced.start()).lines().count() + 2;
			examples.add(new Example(this, line, fenced.group(1), fenced.group(2)));
		}
		return examples;
	}

	/** Without examples, whose words and brackets are not those of the page. */
	String prose() {
		return FENCED.matcher(this.text).replaceAll("");
	}

	List<String> links() {
		return LINK.matcher(prose()).results().map((link) -> link.group(1)).toList();
	}

	/** As GitHub makes them of headings. */
	List<String> anchors() {
		return HEADING.matcher(prose())
			.results()
			.map((heading) -> heading.group(1)
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	/**
	 * A fenced block.
	 *
	 * @param page where it is
	 * @param line its first line there
	 * @param language what it is written in
	 * @param text what it holds
	 */
	record Example(DocPage page, long line, String language, String text) {

		boolean isIn(String language) {
			return this.language.equals(language);
		}

		@Override
		public String toString() {
			return "%s:%d".formatted(this.page, this.line);
		}

	}

}
