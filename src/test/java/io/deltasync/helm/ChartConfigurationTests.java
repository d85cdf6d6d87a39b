package io.deltasync.helm;

import java.util.List;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.push.PushSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ConfigMap's application.yaml, read by DeltaSync itself with the variables of a pod.
 */
class ChartConfigurationTests {

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void renderedConfigurationIsValid(String example) {
		Rendered rendered = Chart.ofExample(example).render();

		assertThat(rendered.pods().keySet()).filteredOn((name) -> !name.endsWith("-migrate"))
			.allSatisfy((name) -> assertThat(links(environment(rendered, name)).all()).isNotEmpty());
	}

	@Test
	void schedulesOfServeComeFromTheValues() {
		Links links = links(environment(Chart.ofExample("serve").render(), "sync-serve"));

		assertThat(links.get("customers").schedule()).hasToString("0 */5 * * * * (UTC)");
		assertThat(links.get("orders").schedule()).isNull();
		assertThat(links.get("orders").runAfter()).hasToString("customers");
	}

	@Test
	void linksAndConnectionsComeFromTheValues() {
		Environment environment = environment(Chart.ofExample("cronjobs").render(), "ds-deltasync-customers");
		Links links = links(environment);

		assertThat(links.all()).extracting(Link::name).containsExactlyInAnyOrder("customers", "Orders: EU/daily");
		assertThat(links.get("customers").batchSizeLimit()).isEqualTo(5000);
		assertThat(links.get("customers").maxRejectSize()).isEqualTo(10_000_000);
		assertThat(links.engine().lease()).isEqualTo(Duration.ofMinutes(2));
		assertThat(environment.getProperty("deltasync.connections.crm.password")).isEqualTo("secret:crm/password");
		assertThat(environment.getProperty("deltasync.connections.crm.username")).isEqualTo("reader");
		assertThat(environment.getProperty("deltasync.connections.warehouse.url"))
			.isEqualTo("jdbc:h2:mem:secret:warehouse/jdbc-url");
		assertThat(environment.getProperty("deltasync.connections.warehouse.password"))
			.isEqualTo("secret:warehouse/pass");
		assertThat(environment.getProperty("deltasync.connections.warehouse.pool-size")).isEqualTo("20");
	}

	@Test
	void placeholderInAUrlIsNoSecret() {
		Rendered rendered = Chart.ofExample("cronjobs")
			.with("connections: { erp: { url: 'jdbc:h2:mem:x;PASSWORD=${ERP}' } }")
			.render();

		assertThat(rendered.get(ConfigMap.class, "ds-deltasync").getData().get("application.yaml"))
			.contains("url: jdbc:h2:mem:x;PASSWORD=${ERP}");
	}

	@Test
	void renderedConfigurationContainsNoSecret() {
		ConfigMap map = Chart.ofExample("cronjobs").render().get(ConfigMap.class, "ds-deltasync");

		assertThat(map.getData()).containsOnlyKeys("application.yaml");
		assertThat(map.getData().get("application.yaml")).contains("password: ${CONNECTION_CRM_PASSWORD}");
	}

	static Links links(Environment environment) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		ConfiguredConnections connections = new ConfiguredConnections(environment, List.of());
		JdbcTables tables = new JdbcTables(connections, BuiltInDialects.with(List.of()));
		RootBeanDefinition source = new RootBeanDefinition(JdbcSource.class, () -> new JdbcSource(connections, tables));
		RootBeanDefinition target = new RootBeanDefinition(JdbcTarget.class, () -> new JdbcTarget(connections, tables));
		source.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		target.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		beans.registerBeanDefinition("jdbcSource", source);
		beans.registerBeanDefinition("jdbcTarget", target);
		RootBeanDefinition push = new RootBeanDefinition(PushSource.class, PushSource::new);
		push.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		beans.registerBeanDefinition("pushSource", push);
		return new Links(beans, environment);
	}

	/** The value of a Secret is its own name here, or a URL that contains it. */
	static Environment environment(Rendered rendered, String pod) {
		Map<String, Object> variables = new HashMap<>(rendered.env(pod));
		variables.replaceAll((name, value) -> name.endsWith("_URL") && value.toString().startsWith("secret:")
				? "jdbc:h2:mem:" + value : value);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		String yaml = rendered.all(ConfigMap.class).get(0).getData().get("application.yaml");
		try {
			new YamlPropertySourceLoader()
				.load("application.yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.forEach(environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

}
