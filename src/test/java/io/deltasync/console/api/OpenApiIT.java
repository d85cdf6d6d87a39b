package io.deltasync.console.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.deltasync.console.ConsoleFixture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document is that of the handlers. With the system property
 * {@code docs.write}, it is written.
 */
class OpenApiIT {

	private static final Path PAGE = Path.of("docs/api.md");

	private static final Path DOCUMENT = Path.of("docs/openapi.json");

	private static final String REMEDY = "docs/openapi.json differs from the REST API. "
			+ "Write it with: ./mvnw test -Dtest=OpenApiIT -Ddocs.write=true";

	private static OpenApi api;

	@BeforeAll
	static void read() throws IOException {
		api = new OpenApi(Files.readString(PAGE));
		try (ConsoleFixture console = new ConsoleFixture(List.of())) {
			console.handlers().forEach((info, handler) -> {
				if (handler.getBeanType().getPackage().equals(OpenApi.class.getPackage())) {
					api.add(info, handler);
				}
			});
		}
	}

	@Test
	void documentIsGeneratedFromTheHandlers() throws IOException {
		String generated = api.json();
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(DOCUMENT, generated);
			return;
		}
		assertThat(Files.readString(DOCUMENT)).as(REMEDY).isEqualTo(generated);
	}

	@Test
	void pageListsExactlyTheOperationsThatExist() {
		assertThat(api.documented().keySet()).containsExactlyElementsOf(api.operations());
	}

	@Test
	void everyReferenceLeadsToASchema() {
		String json = api.json();
		JsonNode document = JsonMapper.shared().readTree(json);

		assertThat(Pattern.compile("\"#([^\"]+)\"").matcher(json).results().map((MatchResult one) -> one.group(1)))
			.isNotEmpty()
			.allSatisfy((pointer) -> assertThat(document.at(pointer).isMissingNode()).as(pointer).isFalse());
	}

	@Test
	void operationsHaveDifferentNames() {
		assertThat(JsonMapper.shared().readTree(api.json()).findValuesAsString("operationId")).doesNotHaveDuplicates()
			.hasSize(api.operations().size());
	}

}
