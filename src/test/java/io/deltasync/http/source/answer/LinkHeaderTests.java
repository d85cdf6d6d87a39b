package io.deltasync.http.source.answer;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinkHeaderTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			</p?a=1,2;3>; rel="next"                                  | /p?a=1,2;3
			</1>; rel="first", </2>; rel="next", </9>; rel="last"     | /2
			</1>; rel=prev,</2>;rel=next                              | /2
			</1>; title="x; rel=\\"next\\", y"; rel="first", </2>; rel="Next" | /2
			</2>; rel="last next"                                     | /2
			</2>; title="a"; REL = next                               | /2
			</1>; rel="nextpage"                                      |
			</1>; rel="first"                                         |
			</1>                                                      |
			not a link                                                |
			""")
	void nextLinkIsFound(String header, String link) {
		assertThat(LinkHeader.next(List.of(header))).isEqualTo(link);
	}

	@Test
	void linksMayBeInSeveralHeaders() {
		assertThat(LinkHeader.next(List.of("</1>; rel=first", "</2>; rel=next"))).isEqualTo("/2");
		assertThat(LinkHeader.next(List.of())).isNull();
	}

}
