package io.deltasync.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.FileStores;
import io.deltasync.file.store.StoredFile;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
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
 * An application that runs a Link from files to a file once, and may be killed after each
 * commit, and before and after each change of a file.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class FilesApplication {

	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext application = start(arguments)) {
			JobExecution execution = application.getBean(JobOperator.class)
				.start(application.getBean(Job.class), new JobParameters());
			System.out.println("points=" + application.getBean(KillPoints.class).passed());
			System.exit(execution.getExitStatus().getExitCode().equals("COMPLETED") ? 0 : 1);
		}
	}

	static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(FilesApplication.class).web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.properties("spring.main.banner-mode=off", "logging.level.root=WARN",
					"logging.level.org.springframework.batch=OFF", "deltasync.lease=30s",
					"deltasync.links.orders.lanes=2", "deltasync.links.orders.batch-size-limit=5")
			.run(arguments);
	}

	@Bean
	static KillPoints killPoints(Environment environment) {
		KillPoints points = new KillPoints(environment.getProperty("kill.at", Integer.class, 0));
		S3KillPoints.use(points);
		return points;
	}

	@Bean
	static BeanPostProcessor killWhereStateChanges(ObjectProvider<KillPoints> points) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof DataSource dataSource) {
					return points.getObject().around(dataSource);
				}
				if (bean instanceof FileStores stores) {
					return new Stores(stores, points.getObject());
				}
				return (bean instanceof PlatformTransactionManager transactions)
						? points.getObject().around(transactions) : bean;
			}
		};
	}

	private static final class Stores extends FileStores {

		private final FileStores stores;

		private final KillPoints points;

		private Stores(FileStores stores, KillPoints points) {
			super(List.of());
			this.stores = stores;
			this.points = points;
		}

		@Override
		public void check(@Nullable String connection, String directory) {
			this.stores.check(connection, directory);
		}

		@Override
		public String location(@Nullable String connection, String directory) {
			return this.stores.location(connection, directory);
		}

		@Override
		public FileStore open(@Nullable String connection, String directory) throws IOException {
			FileStore store = this.stores.open(connection, directory);
			// an object store has points of its own
			return (connection != null) ? store : new Store(store, this.points);
		}

	}

	private record Store(FileStore store, KillPoints points) implements FileStore {

		@Override
		public String location() {
			return this.store.location();
		}

		@Override
		public void check() throws IOException {
			this.store.check();
		}

		@Override
		public void list(String directory, int depth, Consumer<StoredFile> files) throws IOException {
			this.store.list(directory, depth, files);
		}

		@Override
		public @Nullable StoredFile find(String path) throws IOException {
			return this.store.find(path);
		}

		@Override
		public InputStream open(String path) throws IOException {
			return this.store.open(path);
		}

		@Override
		public OutputStream create(String path) throws IOException {
			this.points.pass();
			return this.store.create(path);
		}

		@Override
		public void move(String from, String to) throws IOException {
			this.points.pass();
			this.store.move(from, to);
			this.points.pass();
		}

		@Override
		public void delete(String path) throws IOException {
			this.store.delete(path);
			this.points.pass();
		}

		@Override
		public void close() throws IOException {
			this.store.close();
		}

	}

}
