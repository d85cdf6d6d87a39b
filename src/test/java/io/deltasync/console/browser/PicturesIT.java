package io.deltasync.console.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.event.SyncEvents;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation shows the console with the demo's Link. With the property
 * {@code docs.write}, a browser takes the pictures.
 */
class PicturesIT {

	private static final String LINK = "customers";

	private static final Path DOCS = Path.of("docs");

	private static final int WIDTH = 1000;

	private static final long MOST_BYTES = 600_000;

	private static final String SHOP = "jdbc:h2:mem:pictures-shop;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";

	private static final String WAREHOUSE = "jdbc:h2:mem:pictures-warehouse;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";

	private static final List<String> PICTURES = List.of("console-links", "console-link", "console-event",
			"console-rejects");

	@Test
	void documentationShowsSmallPictures() throws Exception {
		if (Boolean.getBoolean("docs.write")) {
			take();
		}

		String page = Files.readString(DOCS.resolve("console.md"));
		long bytes = 0;
		for (String picture : PICTURES) {
			assertThat(page).containsPattern("!\\[.{20,}]\\(images/%s\\.png\\)".formatted(picture));
			bytes += Files.size(file(picture));
		}
		assertThat(bytes).isLessThan(MOST_BYTES);
	}

	private static void take() throws Exception {
		try (ConsoleFixture console = new ConsoleFixture(List.of(), "spring.profiles.active=demo",
				"deltasync.connections.demo-shop.url=" + SHOP, "deltasync.connections.demo-warehouse.url=" + WAREHOUSE);
				Chromium chromium = Chromium.start(console.address())) {
			run(console);
			change("UPDATE customer SET city = 'Lyon', updated_at = CURRENT_TIMESTAMP WHERE id BETWEEN 8 AND 100");
			run(console);
			change("ALTER TABLE customer ALTER COLUMN email VARCHAR(200)");
			change("UPDATE customer SET email = REPEAT('x', 150), updated_at = CURRENT_TIMESTAMP WHERE id = 7");
			run(console);
			chromium.signIn(Role.ADMIN);
			long event = console.bean(SyncEvents.class).newest(LINK).orElseThrow().id();
			for (Map.Entry<String, Integer> page : Map
				.of("/links", 330, "/links/" + LINK, 900, "/events/" + event, 700, "/links/%s/rejects".formatted(LINK),
						560)
				.entrySet()) {
				chromium.open(page.getKey());
				Files.write(file(name(page.getKey())), chromium.picture(WIDTH, page.getValue()));
			}
		}
	}

	private static String name(String page) {
		return "console-" + (page.endsWith("/rejects") ? "rejects"
				: page.startsWith("/events/") ? "event" : page.equals("/links") ? "links" : "link");
	}

	private static void run(ConsoleFixture console) throws Exception {
		Job job = console.bean(JobRegistry.class).getJob(LINK);
		console.bean(JobOperator.class).start(job, new JobParameters());
	}

	private static void change(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(SHOP, "sa", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static Path file(String picture) throws IOException {
		return DOCS.resolve("images").resolve(picture + ".png");
	}

}
