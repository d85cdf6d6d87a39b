package io.deltasync.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of options in the documentation are those of the code. With the system
 * property {@code docs.write}, they are written.
 */
class OptionTablesTests {

	private static final String REMEDY = "The tables of options in %s differ from the Javadoc of the settings. "
			+ "Change the Javadoc, then write the tables with: ./mvnw test -Dtest=OptionTablesTests -Ddocs.write=true";

	static List<DocPage> pages() {
		return DocPage.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void tablesOfOptionsAreGeneratedFromTheSettings(DocPage page) throws IOException {
		String generated = OptionTables.regenerated(page.text());
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(page.path(), generated);
			return;
		}
		assertThat(page.text()).as(REMEDY, page).isEqualTo(generated);
	}

}
