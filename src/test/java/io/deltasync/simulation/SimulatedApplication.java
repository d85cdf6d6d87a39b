package io.deltasync.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.http.connection.HttpConnections;
import io.deltasync.http.source.HttpSource;
import io.deltasync.lease.DatabaseClock;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The application that a simulated process runs.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SimulatedApplication {

	@Bean
	static BeanPostProcessor simulation(ObjectProvider<Life> life, ObjectProvider<World> world,
			ObjectProvider<JdbcTemplate> jdbc) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof DataSource database) {
					return new MortalDatabase(database, life.getObject());
				}
				if (bean instanceof DatabaseClock) {
					return new VirtualDatabaseClock(jdbc.getObject(), world.getObject().clock(), life.getObject());
				}
				return (bean instanceof JobRepository repository) ? timed(repository, world.getObject()) : bean;
			}
		};
	}

	/** Spring Batch stamps executions by the clock of its JVM. */
	private static Object timed(JobRepository repository, World world) {
		return Proxy.newProxyInstance(JobRepository.class.getClassLoader(), new Class<?>[] { JobRepository.class },
				(proxy, method, arguments) -> {
					boolean ends = method.getName().equals("update") && arguments[0] instanceof JobExecution execution
							&& execution.getEndTime() != null;
					if (ends) {
						((JobExecution) arguments[0]).setEndTime(world.clock().local());
					}
					else if (method.getName().equals("update") && arguments[0] instanceof JobExecution execution) {
						execution.setStartTime(world.clock().local());
					}
					try {
						Object result = method.invoke(repository, arguments);
						if (ends) {
							world.scene(((JobExecution) arguments[0]).getJobInstance().getJobName()).leave();
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	@Bean
	Hooks hooks(World world, Life life) {
		return new Hooks(world, life);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SimulatedRows simulatedRows(Hooks hooks, Connections connections) {
		return new SimulatedRows(hooks, connections);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SimulatedQuery simulatedQuery(Hooks hooks) {
		return new SimulatedQuery(hooks);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SimulatedPages simulatedPages(Hooks hooks) {
		return new SimulatedPages(hooks);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SimulatedApiSource simulatedApi(Hooks hooks, HttpConnections connections, World world) {
		return new SimulatedApiSource(hooks, new HttpSource(connections, world.runKeys()));
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SimulatedKeyTarget simulatedKeyTarget(Hooks hooks) {
		return new SimulatedKeyTarget(hooks);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	SimulatedTarget simulatedTarget(Hooks hooks) {
		return new SimulatedTarget(hooks);
	}

}
