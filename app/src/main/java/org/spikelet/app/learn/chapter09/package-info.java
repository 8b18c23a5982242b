/** What chapter 9 of the course demands. */
package org.spikelet.app.learn.chapter09;
