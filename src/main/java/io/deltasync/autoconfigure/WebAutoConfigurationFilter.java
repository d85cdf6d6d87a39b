package io.deltasync.autoconfigure;

import java.util.List;

import io.deltasync.cli.process.OwnApplication;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;

/**
 * Leaves out Spring Boot's auto-configurations for a web server and for metrics in
 * DeltaSync's own jar, unless a web server is started. They would not take effect, but
 * evaluating them takes a considerable part of the start of a short run.
 */
public class WebAutoConfigurationFilter implements AutoConfigurationImportFilter, EnvironmentAware, PriorityOrdered {

	public static final String WEB = "spring.main.web-application-type";

	private static final List<String> PACKAGES = List.of("org.springframework.boot.actuate.",
			"org.springframework.boot.health.", "org.springframework.boot.http.converter.",
			"org.springframework.boot.jackson.", "org.springframework.boot.micrometer.",
			"org.springframework.boot.security.", "org.springframework.boot.servlet.",
			"org.springframework.boot.thymeleaf.", "org.springframework.boot.tomcat.",
			"org.springframework.boot.webmvc.",
			// beans for JMX and for health and metrics by HTTP, and what the build says
			// to those
			"org.springframework.boot.autoconfigure.admin.", "org.springframework.boot.autoconfigure.info.",
			"org.springframework.boot.autoconfigure.jmx.", "org.springframework.boot.batch.autoconfigure.observation.",
			"org.springframework.boot.jdbc.autoconfigure.health.",
			"org.springframework.boot.jdbc.autoconfigure.metrics.",
			"org.springframework.boot.mail.autoconfigure.MailHealth");

	/**
	 * Measures the start-up time, which is not needed, and prints errors when a start
	 * fails.
	 */
	private static final String START_UP_TIME = "org.springframework.boot.micrometer.metrics.autoconfigure.startup.";

	/** Otherwise asks for a login. Without the console, nobody has one. */
	private static final String SECURITY = "org.springframework.boot.security.";

	private boolean isDeltaSync;

	private boolean leftOut;

	private boolean consoleLeftOut;

	@Override
	public void setEnvironment(Environment environment) {
		this.isDeltaSync = OwnApplication.is(environment);
		this.leftOut = this.isDeltaSync && "none".equals(environment.getProperty(WEB));
		this.consoleLeftOut = this.isDeltaSync
				&& !environment.getProperty(ConsoleAutoConfiguration.CONSOLE, Boolean.class, true);
	}

	/** Runs before the filters that search for classes. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[classes.length];
		for (int i = 0; i < classes.length; i++) {
			String name = classes[i];
			matches[i] = name == null || !isLeftOut(name);
		}
		return matches;
	}

	private boolean isLeftOut(String name) {
		return (this.leftOut && PACKAGES.stream().anyMatch(name::startsWith))
				|| (this.consoleLeftOut && name.startsWith(SECURITY))
				|| (this.isDeltaSync && name.startsWith(START_UP_TIME));
	}

}
