package io.deltasync.benchmark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Scopes as Spring Batch's reference documentation would have them: a partition for each,
 * a step execution for each partition, and a pool of threads that works through them.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class PartitionPerScope {

	private static final int CHUNK = 1_000;

	/**
	 * Delivers.
	 * @param args the URL, the user, how many scopes of one record each, and how many
	 * threads
	 */
	public static void main(String[] args) {
		System.exit(SpringApplication
			.exit(SpringApplication.run(PartitionPerScope.class, "--spring.datasource.url=" + args[0],
					"--spring.datasource.username=" + args[1], "--scopes=" + args[2], "--threads=" + args[3],
					// things that the product brings along and this job would not have
					"--spring.main.web-application-type=none", "--spring.flyway.enabled=false",
					"--spring.batch.jdbc.initialize-schema=always")));
	}

	@Bean
	Job job(JobRepository repository, @Qualifier("scopes") Step scopes) {
		return new JobBuilder("scopes", repository).start(scopes).listener(new JobExecutionListener() {
			@Override
			public void afterJob(JobExecution job) {
				long records = job.getStepExecutions()
					.stream()
					.filter((step) -> step.getStepName().startsWith("scope:"))
					.mapToLong(StepExecution::getWriteCount)
					.sum();
				new Copied(records, Duration.between(job.getStartTime(), LocalDateTime.now())).print();
			}
		}).build();
	}

	@Bean
	Step scopes(JobRepository repository, @Qualifier("scope") Step scope, Partitioner partitioner,
			ThreadPoolTaskExecutor threads) {
		TaskExecutorPartitionHandler handler = new TaskExecutorPartitionHandler();
		handler.setStep(scope);
		handler.setTaskExecutor(threads);
		return new StepBuilder("scopes", repository).partitioner("scope", partitioner)
			.partitionHandler(handler)
			.build();
	}

	@Bean
	Partitioner partitioner(@Value("${scopes}") int scopes) {
		return (gridSize) -> {
			Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
			for (int id = 0; id < scopes; id++) {
				ExecutionContext context = new ExecutionContext();
				context.putInt("id", id);
				partitions.put("scope" + id, context);
			}
			return partitions;
		};
	}

	@Bean
	ThreadPoolTaskExecutor threads(@Value("${threads}") int threads) {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(threads);
		return executor;
	}

	@Bean
	Step scope(JobRepository repository, PlatformTransactionManager transactions, ListItemReader<Customer> reader,
			JdbcBatchItemWriter<Customer> writer) {
		return new StepBuilder("scope", repository).<Customer, Customer>chunk(CHUNK)
			.transactionManager(transactions)
			.reader(reader)
			.writer(writer)
			.build();
	}

	@Bean
	@StepScope
	ListItemReader<Customer> reader(@Value("#{stepExecutionContext['id']}") int id) {
		return new ListItemReader<>(List.of(new Customer(id, "Customer " + id, BigDecimal.valueOf(id, 2))));
	}

	@Bean
	JdbcBatchItemWriter<Customer> writer(DataSource dataSource) {
		return new JdbcBatchItemWriterBuilder<Customer>().dataSource(dataSource)
			.sql("INSERT INTO " + ScopeDatabase.TABLE + " (id, name, amount) VALUES (:id, :name, :amount)")
			.beanMapped()
			.build();
	}

	record Customer(int id, String name, BigDecimal amount) {
	}

}
