package io.deltasync.fault;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * An application that verifies and repairs its Link once, and may be killed or stopped
 * while it does.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class VerifiedApplication {

	static final String LINK = "people";

	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext application = start(List.of(arguments))) {
			verify(application);
			System.out.println("points=" + application.getBean(KillPoints.class).passed());
			System.exit(0);
		}
	}

	static JobExecution verify(ConfigurableApplicationContext application) throws Exception {
		return application.getBean(JobOperator.class)
			.start(application.getBean(Job.class), parameters().addString("repair", "true", false).toJobParameters());
	}

	static JobExecution look(ConfigurableApplicationContext application) throws Exception {
		return application.getBean(JobOperator.class)
			.start(application.getBean(Job.class), parameters().toJobParameters());
	}

	static JobExecution deliver(ConfigurableApplicationContext application) throws Exception {
		return application.getBean(JobOperator.class).start(application.getBean(Job.class), new JobParameters());
	}

	private static JobParametersBuilder parameters() {
		return new JobParametersBuilder().addString("mode", "VERIFY", false).addString("settle", "PT0S", false);
	}

	static ConfigurableApplicationContext start(List<String> arguments) {
		String link = "deltasync.links." + LINK + ".";
		List<String> properties = new ArrayList<>(List.of("spring.main.banner-mode=off", "logging.level.root=WARN",
				"logging.level.org.springframework.batch=OFF", "deltasync.lease=30s", link + "lanes=2",
				link + "batch-size-limit=10", link + "source.adapter=jdbc", link + "source.connection=own",
				link + "source.table=PERSON", link + "target.adapter=jdbc", link + "target.connection=own",
				link + "target.table=CONTACT", link + "skip-unchanged=true", link + "deletes=hard",
				link + "max-delete-share=100"));
		for (String setting : List.of("url", "username", "password")) {
			arguments.stream()
				.filter((argument) -> argument.startsWith("--spring.datasource." + setting))
				.map((argument) -> argument.replace("--spring.datasource", "deltasync.connections.own"))
				.forEach(properties::add);
		}
		return new SpringApplicationBuilder(VerifiedApplication.class).web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.properties(properties.toArray(String[]::new))
			.run(arguments.toArray(String[]::new));
	}

	@Bean
	static KillPoints killPoints(Environment environment, ObjectProvider<ActiveRuns> runs) {
		int point = environment.getProperty("kill.at", Integer.class, 0);
		return environment.getProperty("kill.stops", Boolean.class, false)
				? new KillPoints(point, () -> runs.getObject().find(LINK).ifPresent(ActiveRun::requestStop))
				: new KillPoints(point);
	}

	@Bean
	static BeanPostProcessor killInTransactions(ObjectProvider<KillPoints> points) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof DataSource dataSource) {
					return points.getObject().around(dataSource);
				}
				return (bean instanceof PlatformTransactionManager transactions)
						? points.getObject().around(transactions) : bean;
			}
		};
	}

}
