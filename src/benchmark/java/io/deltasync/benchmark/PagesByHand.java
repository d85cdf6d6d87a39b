package io.deltasync.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads all pages of an API with a thread for each connection, as one would by hand.
 */
final class PagesByHand {

	private PagesByHand() {
	}

	/**
	 * Reads them.
	 * @param args the URL of the API and the number of pages
	 */
	public static void main(String[] args) throws Exception {
		int pages = Integer.parseInt(args[1]);
		long start = System.nanoTime();
		AtomicInteger next = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(ScopeBenchmark.LANES);
		long records = 0;
		try (CloseableHttpClient client = HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnTotal(ScopeBenchmark.LANES)
				.setMaxConnPerRoute(ScopeBenchmark.LANES)
				.build())
			.build()) {
			List<Future<Long>> results = new ArrayList<>();
			for (int thread = 0; thread < ScopeBenchmark.LANES; thread++) {
				results.add(threads.submit(() -> {
					long read = 0;
					for (int page = next.incrementAndGet(); page <= pages; page = next.incrementAndGet()) {
						read += client.execute(new HttpGet(args[0] + "/rows?page=" + page),
								(response) -> count(JsonMapper.shared()
									.readerFor(Map.class)
									.readValues(response.getEntity().getContent())));
					}
					return read;
				}));
			}
			for (Future<Long> result : results) {
				records += result.get();
			}
		}
		finally {
			threads.shutdown();
		}
		new Copied(records, Duration.ofNanos(System.nanoTime() - start)).print();
	}

	private static long count(MappingIterator<Map<String, Object>> records) {
		long count = 0;
		while (records.hasNext()) {
			records.next();
			count++;
		}
		return count;
	}

}
