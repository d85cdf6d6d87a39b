package io.deltasync.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * An environment as Spring Boot would make it of one application.yaml.
 */
public final class YamlEnvironment extends StandardEnvironment {

	private static final YamlPropertySourceLoader LOADER = new YamlPropertySourceLoader();

	public YamlEnvironment(String yaml) {
		addLast("application.yaml", yaml);
		ConfigurationPropertySources.attach(this);
	}

	public YamlEnvironment addLast(String file, String yaml) {
		try {
			LOADER.load(file, new NamedResource(file, yaml)).forEach(getPropertySources()::addLast);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public YamlEnvironment withVariables(Map<String, Object> variables) {
		getPropertySources().replace(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return this;
	}

	private static final class NamedResource extends ByteArrayResource {

		private final String name;

		NamedResource(String name, String content) {
			super(content.getBytes(StandardCharsets.UTF_8));
			this.name = name;
		}

		@Override
		public String getFilename() {
			return this.name;
		}

	}

}
