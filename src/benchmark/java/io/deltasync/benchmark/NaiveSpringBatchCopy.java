package io.deltasync.benchmark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job that Spring Batch's reference documentation teaches: a paging reader, a batch
 * writer, chunks of 1,000, all on one data source that Boot configures.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class NaiveSpringBatchCopy {

	private static final int CHUNK = 1_000;

	/**
	 * Copies.
	 * @param args the URL
	 */
	public static void main(String[] args) {
		System.exit(SpringApplication
			.exit(SpringApplication.run(NaiveSpringBatchCopy.class, "--spring.datasource.url=" + args[0],
					// things that the product brings along and this job would not have
					"--spring.main.web-application-type=none", "--spring.flyway.enabled=false",
					"--spring.batch.jdbc.initialize-schema=always")));
	}

	@Bean
	Job copyJob(JobRepository repository, Step copyStep) {
		return new JobBuilder("copy", repository).start(copyStep).listener(new JobExecutionListener() {
			@Override
			public void afterJob(JobExecution job) {
				long rows = job.getStepExecutions().stream().mapToLong(StepExecution::getWriteCount).sum();
				new Copied(rows, Duration.between(job.getStartTime(), LocalDateTime.now())).print();
			}
		}).build();
	}

	@Bean
	Step copyStep(JobRepository repository, PlatformTransactionManager transactions,
			JdbcPagingItemReader<Customer> reader, JdbcBatchItemWriter<Customer> writer) {
		return new StepBuilder("copy", repository).<Customer, Customer>chunk(CHUNK)
			.transactionManager(transactions)
			.reader(reader)
			.writer(writer)
			.build();
	}

	@Bean
	JdbcPagingItemReader<Customer> reader(DataSource dataSource) throws Exception {
		return new JdbcPagingItemReaderBuilder<Customer>().name("reader")
			.dataSource(dataSource)
			.selectClause("id, name, email, amount, qty, active, birth, created_at, updated_at, note")
			.fromClause(Dataset.SOURCE)
			.sortKeys(Map.of("id", Order.ASCENDING))
			.pageSize(CHUNK)
			.dataRowMapper(Customer.class)
			.build();
	}

	@Bean
	JdbcBatchItemWriter<Customer> writer(DataSource dataSource) {
		return new JdbcBatchItemWriterBuilder<Customer>().dataSource(dataSource)
			.sql("INSERT INTO " + Dataset.TARGET + """
					 (id, name, email, amount, qty, active, birth, created_at, updated_at, note)
					VALUES (:id, :name, :email, :amount, :qty, :active, :birth, :createdAt, :updatedAt, :note)
					ON DUPLICATE KEY UPDATE name = VALUES(name), email = VALUES(email), amount = VALUES(amount),
					qty = VALUES(qty), active = VALUES(active), birth = VALUES(birth),
					created_at = VALUES(created_at), updated_at = VALUES(updated_at), note = VALUES(note)""")
			.beanMapped()
			.assertUpdates(false)
			.build();
	}

	record Customer(long id, String name, String email, BigDecimal amount, Integer qty, Boolean active, LocalDate birth,
			LocalDateTime createdAt, LocalDateTime updatedAt, String note) {
	}

}
