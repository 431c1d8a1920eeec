package dev.tenantops.onboarding.operator.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The certificates of a PEM text, each read by itself: one that the JDK refuses spoils no other.
 *
 * @param refused those that cannot be read
 */
public record PemBundle(List<X509Certificate> certificates, List<Refused> refused) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NO_END = "it has no end";
    private static final int LISTED = 3;
    private static final int LONGEST_REASON = 100;

    /**
     * A certificate that cannot be read.
     *
     * @param position which of the text's certificates it is, from 1 on
     * @param line where it begins
     * @param why in the JDK's words
     */
    public record Refused(int position, int line, String why) {
        @Override
        public String toString() {
            return "certificate " + position + " (line " + line + "): " + why;
        }
    }

    public PemBundle {
        certificates = List.copyOf(certificates);
        refused = List.copyOf(refused);
    }

    /**
     * Reads a file, whatever the encoding of the remarks in it: PEM itself is ASCII.
     *
     * @throws IOException if it cannot be read
     */
    public static PemBundle of(Path file) throws IOException {
        return of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    /** Reads a text; what it holds beside certificates, such as remarks or keys, is passed over. */
    public static PemBundle of(String pem) {
        var certificates = new ArrayList<X509Certificate>();
        var refused = new ArrayList<Refused>();
        var block = new StringBuilder();
        var begun = 0;
        var number = 0;
        var position = 0;
        for (String line :
                pem.replace(BYTE_ORDER_MARK, "").lines().map(String::strip).toList()) {
            number++;
            if (line.startsWith(BEGIN)) {
                if (begun > 0) {
                    refused.add(new Refused(position, begun, NO_END));
                }
                begun = 0;
                if (holdsCertificates(line)) {
                    begun = number;
                    position++;
                }
                block.setLength(0);
            }
            if (begun > 0) {
                block.append(line).append('\n');
                if (line.startsWith(END)) {
                    try {
                        certificates.addAll(read(block.toString()));
                    } catch (CertificateException | RuntimeException e) {
                        refused.add(new Refused(position, begun, why(e)));
                    }
                    begun = 0;
                }
            }
        }
        if (begun > 0) {
            refused.add(new Refused(position, begun, NO_END));
        }
        return new PemBundle(certificates, refused);
    }

    /** Which cannot be read and why, for people; empty if all can. */
    public String remark() {
        if (refused.isEmpty()) {
            return "";
        }
        return (refused.size() == 1 ? "one certificate" : refused.size() + " certificates") + " cannot be read: "
                + refused.stream().limit(LISTED).map(Refused::toString).collect(Collectors.joining("; "))
                + (refused.size() > LISTED ? "; and others" : "");
    }

    private static boolean holdsCertificates(String begin) {
        return begin.contains("CERTIFICATE-----") || begin.contains("PKCS7-----");
    }

    private static List<X509Certificate> read(String block) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(block.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** Without the names of classes and with printable characters only: it may quote the certificate, which is a stranger's. */
    private static String why(Exception refusal) {
        var said = String.valueOf(refusal.getMessage())
                .replaceAll("\\b(?:[a-z]+\\.)+[A-Z][A-Za-z]*(?:Exception|Error): ", "")
                .replaceAll("[^\\x20-\\x7E]", "?");
        return said.length() <= LONGEST_REASON ? said : said.substring(0, LONGEST_REASON) + "...";
    }
}
