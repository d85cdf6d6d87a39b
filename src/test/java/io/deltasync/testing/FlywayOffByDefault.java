package io.deltasync.testing;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Spring Boot's Flyway is on the test class path for applications that have migrations of
 * their own. They set {@code spring.flyway.locations}; all others are as without it.
 */
public class FlywayOffByDefault implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!environment.containsProperty("spring.flyway.locations")) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("no flyway", Map.of("spring.flyway.enabled", false)));
		}
	}

}
