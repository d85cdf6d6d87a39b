package io.deltasync.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Finds the files of a script library in its WebJar, where their path contains the
 * version of the library.
 */
final class WebJar {

	private WebJar() {
	}

	/**
	 * Returns where the files of a library are.
	 * @param name the library's name
	 * @return the location, which ends with a slash
	 */
	static String location(String name) {
		try {
			return "classpath:/META-INF/resources/webjars/%s/%s/".formatted(name, PropertiesLoaderUtils
				.loadProperties(
						new ClassPathResource("META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(name)))
				.getProperty("version"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The library org.webjars.npm:%s is missing".formatted(name), ex);
		}
	}

}
