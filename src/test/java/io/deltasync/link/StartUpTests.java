package io.deltasync.link;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.Connections;
import io.deltasync.api.SourceAdapter;
import io.deltasync.connection.ConfiguredConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ExitCodeEvent;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The package in a Spring Boot application, as the engine uses it.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartUpTests {

	private final List<Integer> exitCodes = new ArrayList<>();

	@Test
	void adaptersReceiveTheConnections() {
		try (ConfigurableApplicationContext context = start("deltasync.connections.crm.url=jdbc:h2:mem:start",
				"deltasync.links.x.source.connection=crm")) {
			Link link = context.getBean(Links.class).get("x");

			assertThat(((ConnectedSource) link.newSource()).options).isEqualTo(new Options("crm"));
		}
	}

	@Test
	void invalidConfigurationPrintsAllProblemsAndExitsWithFour(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("deltasync.connections.crm.url=jdbc:h2:mem:start",
				"deltasync.links.x.source.connection=cmr", "deltasync.links.x.lane=1"));

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The configuration has 2 problems:")
			.contains("1. deltasync.links.x.source\n")
			.contains("Link 'x': There is no connection 'cmr'")
			.contains("2. deltasync.links.x.lane\n")
			.doesNotContain("\tat ");
		assertThat(this.exitCodes).containsExactly(4);
	}

	@Test
	void invalidConnectionIsReportedOnceHoweverOftenItIsUsed(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("deltasync.connections.crm.url=jdbc:h2:mem:start",
				"deltasync.connections.crm.pool-size=0", "deltasync.links.x.source.connection=crm"));

		assertThat(output.toString().split("Description:")[1]).contains("The configuration has a problem:")
			.containsOnlyOnce("deltasync.connections.crm.pool-size");
	}

	private ConfigurableApplicationContext start(String... properties) {
		List<String> arguments = new ArrayList<>(
				List.of("--deltasync.links.x.source.adapter=connected", "--deltasync.links.x.source.table=a",
						"--deltasync.links.x.target.adapter=plain", "--deltasync.links.x.target.table=b"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		ApplicationListener<ExitCodeEvent> listener = (event) -> this.exitCodes.add(event.getExitCode());
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.listeners(listener)
			.run(arguments.toArray(String[]::new));
	}

	record Options(String connection) {

	}

	static class ConnectedSource implements SourceAdapter, ConfigurableAdapter<Options> {

		private final Connections connections;

		private Options options;

		ConnectedSource(Connections connections) {
			this.connections = connections;
		}

		@Override
		public Class<Options> optionsType() {
			return Options.class;
		}

		@Override
		public void configure(Options options) {
			this.connections.get(options.connection());
			this.options = options;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		ConfiguredConnections connections(Environment environment) {
			return new ConfiguredConnections(environment, List.of());
		}

		@Bean
		Links links(ConfigurableListableBeanFactory beans, Environment environment) {
			return new Links(beans, environment);
		}

		@Bean
		@Scope("prototype")
		ConnectedSource connectedSource(Connections connections) {
			return new ConnectedSource(connections);
		}

		@Bean
		@Scope("prototype")
		AdaptersForTests.PlainTarget plainTarget() {
			return new AdaptersForTests.PlainTarget();
		}

	}

}
