package io.deltasync.http.target;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.connection.HttpConnectionType;
import io.deltasync.http.connection.HttpConnections;
import io.deltasync.testing.JsonServer;
import io.deltasync.testkit.TargetKit;
import io.deltasync.testkit.TargetRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The target against a server that was made by others: json-server, which answers PUT
 * with 404 if it does not have the record, and creates it by POST.
 */
class HttpTargetIT {

	private static final LinkContext CONTEXT = LinkContext.builder().linkName("orders").batchSizeLimit(4).build();

	private JsonServer server;

	private HttpConnections connections;

	@BeforeEach
	void start(@TempDir Path directory) throws Exception {
		this.server = JsonServer.start(directory, "{ \"orders\": [] }");
		YamlEnvironment environment = new YamlEnvironment(
				"deltasync.connections.shop: { type: http, url: \"%s\", allow-private: true }"
					.formatted(this.server.url()));
		this.connections = new HttpConnections(
				new ConfiguredConnections(environment, List.of(new HttpConnectionType())));
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.connections.close();
			this.server.close();
		}
	}

	@Test
	void targetKeepsTheContract() {
		List<RecordInFlight> records = new ArrayList<>(IntStream.rangeClosed(1, 9)
			.mapToObj((id) -> new RecordInFlight(Map.of("id", id, "price", new BigDecimal("1.50"), "day",
					LocalDate.of(2026, 11, id), "note", "ü \"" + id))
				.identifiedBy(List.of("id")))
			.toList());
		records.add(new RecordInFlight(Map.of("note", "without a key")));

		TargetRun run = TargetKit.of(() -> new HttpTarget(this.connections))
			.options(new HttpTargetOptions("shop", "/orders/{id}", null, null, null,
					new RequestOptions("/orders", null, null), null, null, HttpTargetOptions.Batch.SINGLE, 100, null,
					null, null, null, null))
			.context(CONTEXT)
			.state(() -> orders().toString())
			.deletes()
			.run(records);

		assertThat(run.delivered()).hasSize(9);
		assertThat(run.failed()).singleElement()
			.satisfies((record) -> assertThat(record.errors())
				.containsExactly("the property 'id', which the path needs, has no value"));
	}

	@Test
	void linkFollowsInsertsUpdatesAndDeletions(@TempDir Path directory) throws Exception {
		String url = "jdbc:h2:file:" + directory.resolve("shop") + ";DB_CLOSE_ON_EXIT=FALSE;AUTO_SERVER=FALSE";
		JdbcTemplate shop = new JdbcTemplate(new DriverManagerDataSource(url + ";DB_CLOSE_DELAY=-1", "sa", ""));
		shop.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY, PRICE DECIMAL(10, 2))");
		shop.update("INSERT INTO ORDERS VALUES (1, 1.50), (2, 2.50), (3, 3)");
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=ERROR",
					"spring.datasource.url=jdbc:h2:file:" + directory.resolve("jobs") + ";DB_CLOSE_ON_EXIT=FALSE",
					"deltasync.connections.crm.url=" + url, "deltasync.connections.crm.username=sa",
					"deltasync.connections.shop.type=http", "deltasync.connections.shop.url=" + this.server.url(),
					"deltasync.connections.shop.allow-private=true", "deltasync.links.orders.deletes=hard",
					"deltasync.links.orders.source.adapter=jdbc", "deltasync.links.orders.source.connection=crm",
					"deltasync.links.orders.source.table=ORDERS", "deltasync.links.orders.target.adapter=http",
					"deltasync.links.orders.target.connection=shop", "deltasync.links.orders.target.path=/orders/{id}",
					"deltasync.links.orders.target.create.path=/orders", "deltasync.links.orders.mapping.rename.ID=id",
					"deltasync.links.orders.max-delete-share=100")
			.run()) {

			assertThat(run(application).success()).isTrue();
			assertThat(orders().toString())
				.isEqualTo("[{\"id\":1,\"PRICE\":1.5},{\"id\":2,\"PRICE\":2.5},{\"id\":3,\"PRICE\":3}]");

			shop.update("UPDATE ORDERS SET PRICE = 9.99 WHERE ID = 2");
			shop.update("DELETE FROM ORDERS WHERE ID = 3");
			shop.update("INSERT INTO ORDERS VALUES (4, 4.25)");

			assertThat(run(application).success()).isTrue();
			assertThat(orders().toString())
				.isEqualTo("[{\"id\":1,\"PRICE\":1.5},{\"id\":2,\"PRICE\":9.99},{\"id\":4,\"PRICE\":4.25}]");

			this.server.close();
			shop.update("UPDATE ORDERS SET PRICE = 1 WHERE ID = 1");
			SyncEvent outage = run(application);
			assertThat(outage.success()).isFalse();
			assertThat(outage.errors()).extracting("message")
				.singleElement()
				.asString()
				.contains("refuses connections");
			assertThat(outage.records().failed()).isZero();
		}
	}

	private static SyncEvent run(ConfigurableApplicationContext application) throws Exception {
		JobExecution execution = application.getBean(JobOperator.class)
			.start(application.getBean(JobRegistry.class).getJob("orders"),
					new JobParametersBuilder().addString("mode", "FULL", false).toJobParameters());
		return application.getBean(SyncEvents.class).find(execution.getJobInstance().getId()).orElseThrow();
	}

	private JsonNode orders() {
		try (HttpAnswer answer = this.connections.get("shop").send(HttpCall.get("/orders?_sort=id"));
				InputStream body = answer.body()) {
			return JsonMapper.shared().readTree(body.readAllBytes());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration
	@EnableAutoConfiguration
	static class Application {

	}

}
