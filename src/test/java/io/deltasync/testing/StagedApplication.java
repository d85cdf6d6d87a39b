package io.deltasync.testing;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * An application whose Links play on a {@link Stage}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StagedApplication {

	/**
	 * Starts one. Several may share a database: then they are replicas.
	 * @param database where its JobRepository is
	 * @param schema the schema
	 * @param stage what its Links play on
	 * @param links their names
	 * @param settings further settings
	 * @return the application
	 */
	public static ConfigurableApplicationContext start(TestDatabase database, String schema, Stage stage,
			List<String> links, String... settings) {
		List<String> properties = new ArrayList<>(List.of("spring.datasource.url=" + database.url(schema),
				"deltasync.lease=1m", "logging.level.root=WARN", "logging.level.org.springframework.batch=OFF",
				"spring.main.banner-mode=off"));
		for (String link : links) {
			String prefix = "deltasync.links." + link;
			properties.addAll(List.of(prefix + ".source.adapter=stagedSource", prefix + ".source.table=a",
					prefix + ".target.adapter=stagedTarget", prefix + ".target.table=b", prefix + ".lanes=1"));
		}
		properties.addAll(List.of(settings));
		if (database.username() != null) {
			properties.add("spring.datasource.username=" + database.username());
			properties.add("spring.datasource.password=");
		}
		return new SpringApplicationBuilder(StagedApplication.class).web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("stage", stage))
			.properties(properties.toArray(String[]::new))
			.run();
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	Stage.StagedSource stagedSource(Stage stage) {
		return new Stage.StagedSource(stage);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	Stage.StagedTarget stagedTarget(Stage stage) {
		return new Stage.StagedTarget(stage);
	}

}
