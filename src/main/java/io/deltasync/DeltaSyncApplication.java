package io.deltasync;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TimeZone;

import io.deltasync.launch.SecondSignal;
import io.deltasync.launch.UsageCheck;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * DeltaSync's own jar: the command line, quiet but for what was asked for. What is set
 * here is not set for applications that have DeltaSync as a library.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class DeltaSyncApplication {

	/**
	 * The profile that tells DeltaSync's own jar from applications with profiles of the
	 * same names as ours.
	 */
	private static final String PROFILE = "deltasync";

	public static void main(String[] args) {
		// Spring Batch stores when an execution began and ended as local times of its
		// JVM:
		// in UTC there is no hour that is twice, and processes in other zones mean the
		// same
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
		SecondSignal.listen();
		OptionalInt answer = UsageCheck.answer(args);
		System.exit(answer.isPresent() ? answer.getAsInt() : run(args));
	}

	private static int run(String[] args) {
		SpringApplication application = new SpringApplication(DeltaSyncApplication.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setAdditionalProfiles(PROFILE);
		application.setDefaultProperties(Map.of("logging.config", "classpath:deltasync-logback.xml"));
		ConfigurableApplicationContext context = application.run(args);
		// a signal has closed it: the process ends with the signal's own exit code
		return context.isClosed() ? 0 : SpringApplication.exit(context);
	}

}
