package dev.tenantops.onboarding.operator.entra;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/** An answer's body that fails once it grows beyond a limit, so that no answer can fill the memory. */
final class BoundedBody extends ResponseBody {

    private final ResponseBody body;
    private final BufferedSource source;

    private BoundedBody(ResponseBody body, long limit) {
        this.body = body;
        this.source = Okio.buffer(new ForwardingSource(body.source()) {
            private long read;

            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                var count = super.read(sink, byteCount);
                read += Math.max(count, 0);
                if (read > limit) {
                    throw new UselessAnswerException("the answer is larger than " + limit + " bytes");
                }
                return count;
            }
        });
    }

    static Response limit(Response response, long limit) {
        return response.newBuilder()
                .body(new BoundedBody(response.body(), limit))
                .build();
    }

    /** Limits every answer. */
    static Interceptor interceptor(long limit) {
        return chain -> limit(chain.proceed(chain.request()), limit);
    }

    @Override
    public MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public BufferedSource source() {
        return source;
    }
}
