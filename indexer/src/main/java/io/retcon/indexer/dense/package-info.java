/**
 * Documents ranked for an item by the inner product of two learned vectors, after DPR (Karpukhin et
 * al., 2020, arXiv 2004.04906): one encoder reads the question, the other the documents.
 *
 * <p>An encoder is a folder:
 *
 * <ul>
 *   <li>{@code encoder.json}: {@link io.retcon.indexer.dense.EncoderSettings}
 *   <li>{@code question.onnx} and {@code document.onnx}: ONNX models of int64 inputs [1, tokens]
 *       named {@code input_ids} and, where the model wants them, {@code attention_mask} and {@code
 *       token_type_ids}; without {@code document.onnx}, {@code question.onnx} reads both
 *   <li>{@code tokenizer.json}: Hugging Face's; its special tokens are added
 *   <li>{@code question-tokenizer.json}: where questions need another one
 * </ul>
 */
package io.retcon.indexer.dense;
