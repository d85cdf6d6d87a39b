package io.deltasync.fault;

import javax.sql.DataSource;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * An application that runs its Link once, and may be killed while it does. Started as a
 * process of its own, and by the test that looks at what is left.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class KilledApplication {

	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext application = start(arguments)) {
			JobOperator jobs = application.getBean(JobOperator.class);
			Job job = application.getBean(Job.class);
			JobExecution execution = jobs.start(job, new JobParameters());
			Scenario.Sequel sequel = application.getBean(Scenario.class).sequel();
			if (sequel != Scenario.Sequel.NONE) {
				removeTheCause(application);
				execution = (sequel == Scenario.Sequel.RESTART) ? jobs.restart(execution)
						: jobs.start(job, new JobParameters());
			}
			System.out.println("points=" + application.getBean(KillPoints.class).passed());
			System.exit(execution.getExitStatus().getExitCode().equals("COMPLETED") ? 0 : 1);
		}
	}

	static void removeTheCause(ConfigurableApplicationContext application) {
		application.getBean(JdbcTemplate.class).update("DELETE FROM REFUSED");
	}

	static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(KilledApplication.class).web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.properties("spring.main.banner-mode=off", "logging.level.root=WARN",
					"logging.level.org.springframework.batch=OFF",
					"logging.level.io.deltasync.run.deliver.Delivery=DEBUG", "deltasync.lease=30s",
					"deltasync.links.people.lanes=2", "deltasync.links.people.target.adapter=counting",
					"deltasync.links.people.target.table=contact")
			.run(arguments);
	}

	@Bean
	static KillPoints killPoints(Environment environment) {
		return new KillPoints(environment.getProperty("kill.at", Integer.class, 0));
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

	@Bean
	Scenario scenario(Environment environment) {
		return environment.getRequiredProperty("kill.scenario", Scenario.class);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	KilledAdapters.Plain plainSource(Scenario scenario) {
		return new KilledAdapters.Plain(scenario);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	KilledAdapters.Delayed delayedSource(Scenario scenario) {
		return new KilledAdapters.Delayed(scenario);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	KilledAdapters.Chain chainSource(Scenario scenario) {
		return new KilledAdapters.Chain(scenario);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	KilledAdapters.Rows rowSource(Scenario scenario) {
		return new KilledAdapters.Rows(scenario);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	KilledAdapters.Counting counting(JdbcTemplate jdbc, KillPoints points) {
		return new KilledAdapters.Counting(jdbc, points);
	}

}
